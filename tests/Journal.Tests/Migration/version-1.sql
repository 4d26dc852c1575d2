CREATE SCHEMA version_one;
CREATE FUNCTION version_one.demand_fence(wanted integer, mine bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    present bigint;
begin
    select fence into present from pool where id = wanted for update;
    if present is distinct from mine then
        raise exception 'the journal has another owner' using errcode = 'SLF01', detail = present::text;
    end if;
end
$$;
CREATE TABLE version_one.audience (
    pool integer NOT NULL,
    id integer NOT NULL,
    sink integer NOT NULL
);
CREATE TABLE version_one.dead_letter (
    pool integer NOT NULL,
    id bigint NOT NULL,
    sink integer NOT NULL,
    sequence bigint NOT NULL,
    size bigint NOT NULL,
    accepted_at bigint NOT NULL,
    crc bigint NOT NULL,
    content_type text NOT NULL,
    arguments text,
    tube text,
    node text,
    epoch text,
    trace_id text,
    last_try bigint NOT NULL,
    attempts integer NOT NULL,
    class text NOT NULL,
    error text NOT NULL,
    response text,
    redrives integer NOT NULL,
    redrive_position bigint,
    payload bytea NOT NULL
);
ALTER TABLE version_one.dead_letter ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME version_one.dead_letter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE version_one.dropped (
    pool integer NOT NULL,
    sink integer NOT NULL,
    reason text NOT NULL,
    items bigint NOT NULL
);
CREATE TABLE version_one.item (
    pool integer NOT NULL,
    "position" bigint NOT NULL,
    sequence bigint NOT NULL,
    audience integer NOT NULL,
    size bigint NOT NULL,
    accepted_at bigint NOT NULL,
    crc bigint NOT NULL,
    content_type text NOT NULL,
    arguments text,
    tube text,
    node text,
    epoch text,
    trace_id text,
    payload bytea NOT NULL
);
CREATE TABLE version_one.pool (
    id integer NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    owner text,
    fence bigint DEFAULT 0 NOT NULL,
    last_position bigint DEFAULT 0 NOT NULL,
    last_sequence bigint DEFAULT 0 NOT NULL,
    items bigint DEFAULT 0 NOT NULL,
    bytes bigint DEFAULT 0 NOT NULL,
    dead_letters bigint DEFAULT 0 NOT NULL,
    dead_bytes bigint DEFAULT 0 NOT NULL,
    revision bigint DEFAULT 0 NOT NULL
);
ALTER TABLE version_one.pool ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME version_one.pool_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE version_one.schema_version (
    version integer NOT NULL
);
CREATE TABLE version_one.settled (
    pool integer NOT NULL,
    sink integer NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL
);
CREATE TABLE version_one.sink (
    pool integer NOT NULL,
    id integer NOT NULL,
    name text NOT NULL,
    standing text NOT NULL,
    leaving_to text,
    cursor bigint NOT NULL,
    accepted bigint NOT NULL,
    delivered bigint NOT NULL,
    pending bigint NOT NULL,
    pending_bytes bigint NOT NULL,
    dead bigint NOT NULL,
    redriving bigint NOT NULL
);
INSERT INTO version_one.audience VALUES (1, 1, 1);
INSERT INTO version_one.audience VALUES (1, 1, 2);
INSERT INTO version_one.audience VALUES (1, 2, 2);
INSERT INTO version_one.audience VALUES (1, 3, 1);
INSERT INTO version_one.dead_letter OVERRIDING SYSTEM VALUE VALUES (1, 1, 1, 20, 7, 1795280005214, 2110464389, 'text/plain', NULL, NULL, NULL, NULL, NULL, 1795280005371, 1, 'permanent', 'refused', '422 no such field', 0, NULL, '\x6974656d203230');
INSERT INTO version_one.dead_letter OVERRIDING SYSTEM VALUE VALUES (1, 2, 1, 21, 7, 1795280005214, 734942764, 'text/plain', NULL, NULL, NULL, NULL, NULL, 1795280005422, 1, 'permanent', 'refused', '422 no such field', 1, 42, '\x6974656d203231');
INSERT INTO version_one.item VALUES (1, 1, 1, 1, 26, 1795280004962, 4255761916, 'application/json', '{"table":"quakes"}', 'tube', 'node', '0/b:2', '4bf92f3577b34da6a3ce929d0e0e4736', '\x7b226964223a317d');
INSERT INTO version_one.item VALUES (1, 4, 4, 1, 6, 1795280005214, 2265721300, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2034');
INSERT INTO version_one.item VALUES (1, 5, 5, 1, 6, 1795280005214, 1280282705, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2035');
INSERT INTO version_one.item VALUES (1, 6, 6, 1, 6, 1795280005214, 342305839, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2036');
INSERT INTO version_one.item VALUES (1, 7, 7, 1, 6, 1795280005214, 3743716778, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2037');
INSERT INTO version_one.item VALUES (1, 8, 8, 1, 6, 1795280005214, 3796020957, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2038');
INSERT INTO version_one.item VALUES (1, 9, 9, 1, 6, 1795280005214, 687937368, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d2039');
INSERT INTO version_one.item VALUES (1, 10, 10, 1, 7, 1795280005214, 3439341916, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203130');
INSERT INTO version_one.item VALUES (1, 11, 11, 1, 7, 1795280005214, 2600814325, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203131');
INSERT INTO version_one.item VALUES (1, 12, 12, 1, 7, 1795280005214, 4218020164, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203132');
INSERT INTO version_one.item VALUES (1, 13, 13, 1, 7, 1795280005214, 2909574893, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203133');
INSERT INTO version_one.item VALUES (1, 14, 14, 1, 7, 1795280005214, 2432276745, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203134');
INSERT INTO version_one.item VALUES (1, 15, 15, 1, 7, 1795280005214, 3338464928, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203135');
INSERT INTO version_one.item VALUES (1, 16, 16, 1, 7, 1795280005214, 4126036414, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203136');
INSERT INTO version_one.item VALUES (1, 17, 17, 1, 7, 1795280005214, 2750096919, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203137');
INSERT INTO version_one.item VALUES (1, 18, 18, 1, 7, 1795280005214, 346517820, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203138');
INSERT INTO version_one.item VALUES (1, 19, 19, 1, 7, 1795280005214, 1117914773, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203139');
INSERT INTO version_one.item VALUES (1, 20, 20, 1, 7, 1795280005214, 2110464389, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203230');
INSERT INTO version_one.item VALUES (1, 21, 21, 1, 7, 1795280005214, 734942764, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203231');
INSERT INTO version_one.item VALUES (1, 22, 22, 1, 7, 1795280005214, 3519139543, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203232');
INSERT INTO version_one.item VALUES (1, 23, 23, 1, 7, 1795280005214, 2277816702, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203233');
INSERT INTO version_one.item VALUES (1, 24, 24, 1, 7, 1795280005214, 286818741, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203234');
INSERT INTO version_one.item VALUES (1, 25, 25, 1, 7, 1795280005214, 1193145884, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203235');
INSERT INTO version_one.item VALUES (1, 26, 26, 1, 7, 1795280005214, 3172101863, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203236');
INSERT INTO version_one.item VALUES (1, 27, 27, 1, 7, 1795280005214, 3944159566, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203237');
INSERT INTO version_one.item VALUES (1, 28, 28, 1, 7, 1795280005214, 3325587759, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203238');
INSERT INTO version_one.item VALUES (1, 29, 29, 1, 7, 1795280005214, 2419918470, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203239');
INSERT INTO version_one.item VALUES (1, 30, 30, 1, 7, 1795280005214, 309472818, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203330');
INSERT INTO version_one.item VALUES (1, 31, 31, 1, 7, 1795280005214, 1148672411, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203331');
INSERT INTO version_one.item VALUES (1, 32, 32, 1, 7, 1795280005214, 3016607505, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203332');
INSERT INTO version_one.item VALUES (1, 33, 33, 1, 7, 1795280005214, 3855134904, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203333');
INSERT INTO version_one.item VALUES (1, 34, 34, 1, 7, 1795280005214, 3630022492, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203334');
INSERT INTO version_one.item VALUES (1, 35, 35, 1, 7, 1795280005214, 2388183285, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203335');
INSERT INTO version_one.item VALUES (1, 36, 36, 1, 7, 1795280005214, 3996413764, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203336');
INSERT INTO version_one.item VALUES (1, 37, 37, 1, 7, 1795280005214, 3090225389, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203337');
INSERT INTO version_one.item VALUES (1, 38, 38, 1, 7, 1795280005214, 259870662, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203338');
INSERT INTO version_one.item VALUES (1, 39, 39, 1, 7, 1795280005214, 1501050991, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203339');
INSERT INTO version_one.item VALUES (1, 40, 40, 1, 7, 1795280005214, 431060678, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203430');
INSERT INTO version_one.item VALUES (1, 41, 41, 2, 6, 1795280005447, 2694125283, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6f6e6c792062');
INSERT INTO version_one.item VALUES (1, 42, 21, 3, 7, 1795280005214, 734942764, 'text/plain', NULL, NULL, NULL, NULL, NULL, '\x6974656d203231');
INSERT INTO version_one.pool OVERRIDING SYSTEM VALUE VALUES (1, 'victim', 1795280004729, 'process 30349 on vm', 1, 42, 41, 40, 292, 2, 14, 11);
INSERT INTO version_one.schema_version VALUES (1);
INSERT INTO version_one.settled VALUES (1, 1, 15, 17);
INSERT INTO version_one.settled VALUES (1, 2, 2, 3);
INSERT INTO version_one.settled VALUES (1, 1, 20, 21);
INSERT INTO version_one.sink VALUES (1, 2, 'b', 'active', NULL, 0, 41, 2, 39, 285, 0, 0);
INSERT INTO version_one.sink VALUES (1, 1, 'a', 'active', NULL, 10, 40, 13, 26, 182, 1, 1);
SELECT pg_catalog.setval('version_one.dead_letter_id_seq', 2, true);
SELECT pg_catalog.setval('version_one.pool_id_seq', 1, true);
ALTER TABLE ONLY version_one.audience
    ADD CONSTRAINT audience_pkey PRIMARY KEY (pool, id, sink);
ALTER TABLE ONLY version_one.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (id);
ALTER TABLE ONLY version_one.dropped
    ADD CONSTRAINT dropped_pkey PRIMARY KEY (pool, sink, reason);
ALTER TABLE ONLY version_one.item
    ADD CONSTRAINT item_pkey PRIMARY KEY (pool, "position");
ALTER TABLE ONLY version_one.pool
    ADD CONSTRAINT pool_name_key UNIQUE (name);
ALTER TABLE ONLY version_one.pool
    ADD CONSTRAINT pool_pkey PRIMARY KEY (id);
ALTER TABLE ONLY version_one.settled
    ADD CONSTRAINT settled_pkey PRIMARY KEY (pool, sink, first);
ALTER TABLE ONLY version_one.sink
    ADD CONSTRAINT sink_pkey PRIMARY KEY (pool, id);
ALTER TABLE ONLY version_one.sink
    ADD CONSTRAINT sink_pool_name_key UNIQUE (pool, name);
CREATE INDEX dead_letter_by_last_try ON version_one.dead_letter USING btree (pool, last_try);
CREATE INDEX dead_letter_by_redrive ON version_one.dead_letter USING btree (pool, sink, redrive_position) WHERE (redrive_position IS NOT NULL);
CREATE INDEX item_by_audience ON version_one.item USING btree (pool, audience, "position");
ALTER TABLE ONLY version_one.audience
    ADD CONSTRAINT audience_pool_fkey FOREIGN KEY (pool) REFERENCES version_one.pool(id);
ALTER TABLE ONLY version_one.dropped
    ADD CONSTRAINT dropped_pool_fkey FOREIGN KEY (pool) REFERENCES version_one.pool(id);
ALTER TABLE ONLY version_one.settled
    ADD CONSTRAINT settled_pool_fkey FOREIGN KEY (pool) REFERENCES version_one.pool(id);
ALTER TABLE ONLY version_one.sink
    ADD CONSTRAINT sink_pool_fkey FOREIGN KEY (pool) REFERENCES version_one.pool(id);
