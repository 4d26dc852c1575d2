# The sluice program: built with the SDK, run on the bare runtime as a user without rights.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src src
RUN dotnet publish src/Host -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final
# The journal of a pool on one machine uses the system's SQLite, which its distribution keeps patched.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libsqlite3-0 \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /var/lib/sluice && chown "$APP_UID" /var/lib/sluice
WORKDIR /app
COPY --from=build /app .
COPY hocon /app/hocon
ENV SLUICE_DATA=/var/lib/sluice DOTNET_gcServer=0
VOLUME /var/lib/sluice
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/sluice.dll"]
CMD ["member", "--config", "/app/hocon/cluster.conf"]
