using System.Data.Common;
using System.Net.Sockets;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>
/// Inserts a batch in one transaction. When a row of it can never be inserted, the batch is inserted again row by row, so that the row to blame is
/// found and the others are in.
/// </summary>
internal sealed class SqlSink(SqlSinkSettings settings, SqlDialect dialect, TimeProvider time) : ISink
{
    private readonly SqlStatements _statements = new(settings, dialect);
    private readonly RowReader _rows = new(settings);
    private volatile bool _tableIsThere = !settings.CreateTable;

    public string Name => settings.Name;

    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new SinkOutcome[items.Count];
        var rows = new List<(int Index, string Key, object?[] Values)>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (_rows.Read(items[i], out var refusal) is { } values)
            {
                rows.Add((i, items[i].Key, values));
            }
            else
            {
                outcomes[i] = refusal ?? throw new InvalidOperationException("A row without values was not refused.");
            }
        }

        if (rows.Count > 0)
        {
            var told = await InsertAsync([.. rows.Select(row => (row.Key, row.Values))], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < rows.Count; i++)
            {
                outcomes[rows[i].Index] = told[i];
            }
        }

        return outcomes;
    }

    public async ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = dialect.Connect();
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return SinkProbe.Reachable.Instance;
            }
        }
        catch (Exception fault) when (IsOfTheDatabase(fault))
        {
            return new SinkProbe.Unreachable(fault.Message);
        }
    }

    public ValueTask DisposeAsync() => dialect.DisposeAsync();

    private static bool IsOfTheDatabase(Exception fault) => fault is DbException or SocketException or IOException or TimeoutException;

    private async ValueTask<IReadOnlyList<SinkOutcome>> InsertAsync(IReadOnlyList<(string Key, object?[] Values)> rows, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var together = await TryInsertAsync(rows, either.Token, cancellationToken).ConfigureAwait(false);
        if (together is not SinkOutcome.Undeliverable || rows.Count == 1)
        {
            return SinkOutcomes.All(together, rows.Count);
        }

        var outcomes = new List<SinkOutcome>(rows.Count);
        foreach (var row in rows)
        {
            // What has to wait holds up those behind it: their order is kept.
            outcomes.Add(outcomes is [.., SinkOutcome.RetryLater waiting] ? waiting : await TryInsertAsync([row], either.Token, cancellationToken).ConfigureAwait(false));
        }

        return outcomes;
    }

    private async ValueTask<SinkOutcome> TryInsertAsync(
        IReadOnlyList<(string Key, object?[] Values)> rows, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            var connection = dialect.Connect();
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(limit).ConfigureAwait(false);
                await MakeTableAsync(connection, limit).ConfigureAwait(false);
                await InsertAllAsync(connection, rows, limit).ConfigureAwait(false);
            }

            return SinkOutcome.Delivered.Silently;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new SinkOutcome.RetryLater($"The database did not finish within {settings.Timeout}.");
        }
        catch (Exception fault) when (IsOfTheDatabase(fault))
        {
            return Judge(fault);
        }
    }

    private SinkOutcome Judge(Exception fault)
    {
        // The table may have been dropped meanwhile: look again next time.
        _tableIsThere = !settings.CreateTable;
        var code = fault is DbException database ? dialect.CodeOf(database) : null;
        return code is not null && settings.PermanentCodes.Any(known => code.StartsWith(known, StringComparison.Ordinal))
            ? new SinkOutcome.Undeliverable($"The database refused the row: {fault.Message}", $"sql-{code}", fault.Message)
            : new SinkOutcome.RetryLater($"The database cannot take the row now: {fault.Message}");
    }

    private async ValueTask MakeTableAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (_tableIsThere)
        {
            return;
        }

        var create = connection.CreateCommand();
        await using (create.ConfigureAwait(false))
        {
            create.CommandText = _statements.CreateTable;
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            _tableIsThere = true;
        }
    }

    private async ValueTask InsertAllAsync(DbConnection connection, IReadOnlyList<(string Key, object?[] Values)> rows, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var insert = _statements.Insert(connection);
            await using (insert.ConfigureAwait(false))
            {
                insert.Transaction = transaction;
                foreach (var (key, values) in rows)
                {
                    _statements.Fill(insert, key, values);
                    await insert.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
