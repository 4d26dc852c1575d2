namespace Sluice.Journal.Sqlite;

/// <summary>The tables; docs/journal.md explains them. A new version appends its step and never edits an old one.</summary>
internal static class SqliteSchema
{
    /// <summary>"Slui": tells a journal from other SQLite files.</summary>
    public const int ApplicationId = 0x536c7569;

    public static int Version => Steps.Length;

    /// <summary>Step n brings version n to n + 1.</summary>
    public static string[] Steps { get; } =
    [
        """
        create table pool (
            name text not null, schema_version integer not null, created_at integer not null, owner text,
            last_position integer not null, last_sequence integer not null,
            items integer not null, bytes integer not null, dead_letters integer not null, dead_bytes integer not null,
            revision integer not null, crc integer not null);
        create table sink (
            id integer primary key, name text not null unique, standing text not null, leaving_to text, cursor integer not null,
            accepted integer not null, delivered integer not null, pending integer not null, pending_bytes integer not null,
            dead integer not null, redriving integer not null, revision integer not null, crc integer not null);
        create table dropped (
            sink integer not null, reason text not null, items integer not null, crc integer not null, primary key (sink, reason)) without rowid;
        create table settled (
            sink integer not null, first integer not null, last integer not null, crc integer not null, primary key (sink, first)) without rowid;
        create table audience (
            id integer not null, sink integer not null, sink_name text not null, crc integer not null, primary key (id, sink)) without rowid;
        create table item (
            position integer primary key, sequence integer not null, audience integer not null, size integer not null,
            accepted_at integer not null, crc integer not null, content_type text not null, arguments text,
            tube text, node text, epoch text, trace_id text, payload blob not null);
        create index item_by_audience on item (audience);
        create table dead_letter (
            id integer primary key autoincrement, sink integer not null, sequence integer not null, size integer not null,
            accepted_at integer not null, crc integer not null, content_type text not null, arguments text,
            tube text, node text, epoch text, trace_id text,
            last_try integer not null, attempts integer not null, class text not null, error text not null, response text,
            redrives integer not null, redrive_position integer, payload blob not null);
        create index dead_letter_by_last_try on dead_letter (last_try);
        create index dead_letter_by_redrive on dead_letter (sink, redrive_position) where redrive_position is not null;
        """,

        // Version 2 remembers which messages of a queue it has taken.
        """
        create table message (
            number integer primary key, id text not null unique, sequence integer not null, items integer not null, crc integer not null);
        """,
    ];
}
