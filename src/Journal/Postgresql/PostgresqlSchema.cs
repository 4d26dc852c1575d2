namespace Sluice.Journal.Postgresql;

/// <summary>The tables: those of SQLite with the pool's number before each key. A new version appends its step and never edits an old one.</summary>
internal static class PostgresqlSchema
{
    public static int Version => Steps.Length;

    /// <summary>Step n brings version n to n + 1; they run with the schema on the search path.</summary>
    public static string[] Steps { get; } =
    [
        """
        create table pool (
            id integer generated always as identity primary key, name text not null unique, created_at bigint not null, owner text,
            fence bigint not null default 0, last_position bigint not null default 0, last_sequence bigint not null default 0,
            items bigint not null default 0, bytes bigint not null default 0,
            dead_letters bigint not null default 0, dead_bytes bigint not null default 0, revision bigint not null default 0);
        create table sink (
            pool integer not null references pool, id integer not null, name text not null, standing text not null, leaving_to text,
            cursor bigint not null, accepted bigint not null, delivered bigint not null, pending bigint not null, pending_bytes bigint not null,
            dead bigint not null, redriving bigint not null, primary key (pool, id), unique (pool, name));
        create table dropped (
            pool integer not null references pool, sink integer not null, reason text not null, items bigint not null,
            primary key (pool, sink, reason));
        create table settled (
            pool integer not null references pool, sink integer not null, first bigint not null, last bigint not null, primary key (pool, sink, first));
        create table audience (
            pool integer not null references pool, id integer not null, sink integer not null, primary key (pool, id, sink));
        create table item (
            pool integer not null, position bigint not null, sequence bigint not null, audience integer not null, size bigint not null,
            accepted_at bigint not null, crc bigint not null, content_type text not null, arguments text,
            tube text, node text, epoch text, trace_id text, payload bytea not null, primary key (pool, position));
        create index item_by_audience on item (pool, audience, position);
        create table dead_letter (
            pool integer not null, id bigint generated always as identity primary key, sink integer not null, sequence bigint not null,
            size bigint not null, accepted_at bigint not null, crc bigint not null, content_type text not null, arguments text,
            tube text, node text, epoch text, trace_id text,
            last_try bigint not null, attempts integer not null, class text not null, error text not null, response text,
            redrives integer not null, redrive_position bigint, payload bytea not null);
        create index dead_letter_by_last_try on dead_letter (pool, last_try);
        create index dead_letter_by_redrive on dead_letter (pool, sink, redrive_position) where redrive_position is not null;
        create function demand_fence(wanted integer, mine bigint) returns void language plpgsql as $$
        declare
            present bigint;
        begin
            select fence into present from pool where id = wanted for update;
            if present is distinct from mine then
                raise exception 'the journal has another owner' using errcode = 'SLF01', detail = present::text;
            end if;
        end
        $$;
        """,

        // Version 2 remembers which messages of a queue it has taken.
        """
        create table message (
            pool integer not null references pool, number bigint not null, id text not null, sequence bigint not null, items integer not null,
            primary key (pool, number), unique (pool, id));
        """,
    ];
}
