# syntax=docker/dockerfile:1
# The sluice program, for members and for one-off commands: docker build -t sluice .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src src
RUN dotnet publish src/Host/Host.csproj -c Release -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The journal is SQLite, from the system: it gets the system's security fixes.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 sluice \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/sluice --shell /usr/sbin/nologin sluice \
 && install -d -o sluice -g sluice -m 0750 /var/lib/sluice
COPY --from=build --chown=root:root /app /app
COPY --chmod=0644 hocon/cluster.conf /etc/sluice/cluster.conf
ENV DOTNET_EnableDiagnostics=0 \
    SLUICE_DATA=/var/lib/sluice
USER 10001:10001
WORKDIR /var/lib/sluice
VOLUME /var/lib/sluice
ENTRYPOINT ["dotnet", "/app/sluice.dll"]
CMD ["--help"]
