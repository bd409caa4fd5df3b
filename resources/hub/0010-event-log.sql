-- The clinic's copy of the rooms' logs.
--
-- `vigil hub migrate` runs this file in one transaction. By hand: psql -1 -v ON_ERROR_STOP=1 -f 0010-event-log.sql
-- PostgreSQL 15 or newer. The role that runs it may create roles and, in this database, schemas.
--
-- A room has no right on any table. It calls two functions, which find the room by the login alone:
--
--     my_head        what the hub holds of the room's log
--     append_events  the next rows of it, checked against what is there, in one transaction
--
-- Readers see the tables of their own clinic and change nothing.

DO $roles$
DECLARE
  wanted text;
BEGIN
  -- Roles belong to the whole server: another hub on it may have made them, also at this very moment.
  FOREACH wanted IN ARRAY ARRAY['vigil_owner', 'vigil_room', 'vigil_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
  IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
    EXECUTE pg_catalog.format('GRANT vigil_owner TO %I', current_user);
  END IF;
END
$roles$;

CREATE SCHEMA vigil AUTHORIZATION vigil_owner;
SET LOCAL ROLE vigil_owner;
SET LOCAL search_path = pg_catalog, pg_temp;

-- The steps that were run. `sha256`: of the file as `vigil hub migrate` ran it; null for one that was run by hand.
CREATE TABLE vigil.schema_version (
  n integer PRIMARY KEY,
  sha256 text,
  applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE vigil.clinic (
  clinic_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE CHECK (name <> '')
);

CREATE TABLE vigil.room (
  clinic_id uuid NOT NULL REFERENCES vigil.clinic,
  room_id uuid NOT NULL,
  name text NOT NULL,
  joined_at timestamptz NOT NULL DEFAULT now(),
  left_at timestamptz,
  PRIMARY KEY (clinic_id, room_id)
);

-- What a login of the server is here. A room's login is one room's.
CREATE TABLE vigil.login (
  login name PRIMARY KEY,
  clinic_id uuid NOT NULL REFERENCES vigil.clinic,
  kind text NOT NULL CHECK (kind IN ('room', 'reader')),
  room_id uuid,
  CHECK ((kind = 'room') = (room_id IS NOT NULL)),
  FOREIGN KEY (clinic_id, room_id) REFERENCES vigil.room
);

-- Where the log of a room ends here. A batch locks this row. `line` 0 is the room's own; no other is made yet.
CREATE TABLE vigil.head (
  clinic_id uuid NOT NULL,
  room_id uuid NOT NULL,
  line smallint NOT NULL,
  epoch uuid,
  last_seq bigint NOT NULL DEFAULT 0,
  last_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  seen_at timestamptz,
  PRIMARY KEY (clinic_id, room_id, line),
  FOREIGN KEY (clinic_id, room_id) REFERENCES vigil.room
);

-- A stretch of a log: the first begins with event 1, each other follows an event of an earlier one that is held here.
CREATE TABLE vigil.epoch (
  clinic_id uuid NOT NULL,
  room_id uuid NOT NULL,
  line smallint NOT NULL,
  epoch uuid NOT NULL,
  first_seq bigint NOT NULL,
  follows_epoch uuid,
  begun_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (clinic_id, room_id, line, epoch),
  FOREIGN KEY (clinic_id, room_id, line) REFERENCES vigil.head
);

-- `body` is the text that was hashed, to the letter. Without one, `withheld` says why, and `redacted` what may be told of it.
CREATE TABLE vigil.event (
  clinic_id uuid NOT NULL,
  room_id uuid NOT NULL,
  line smallint NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  event_id uuid NOT NULL,
  session_id uuid,
  kind text NOT NULL,
  occurred_ms bigint NOT NULL,
  occurred_offset_min smallint NOT NULL,
  recorded_ms bigint NOT NULL,
  recorded_offset_min smallint NOT NULL,
  mono_us bigint NOT NULL,
  boot_id text NOT NULL,
  actor uuid,
  command_id uuid,
  supersedes uuid,
  body text,
  withheld text,
  redacted text,
  prev bytea NOT NULL CHECK (octet_length(prev) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  arrived_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((body IS NULL) = (withheld IS NOT NULL)),
  CHECK (body IS NULL OR redacted IS NULL),
  PRIMARY KEY (clinic_id, room_id, line, epoch, seq),
  UNIQUE (clinic_id, event_id, line),
  FOREIGN KEY (clinic_id, room_id, line, epoch) REFERENCES vigil.epoch
);
CREATE INDEX event_session ON vigil.event (clinic_id, session_id, seq) WHERE session_id IS NOT NULL;

-- Each row of which words were taken back after they had been here; why and when the last time.
CREATE TABLE vigil.withholding (
  clinic_id uuid NOT NULL,
  room_id uuid NOT NULL,
  line smallint NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  reason text NOT NULL,
  by_login name NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (clinic_id, room_id, line, epoch, seq),
  FOREIGN KEY (clinic_id, room_id, line, epoch, seq) REFERENCES vigil.event
);

-- A field as it stands under the hash: its length and its bytes, or ff ff ff ff for none.
CREATE FUNCTION vigil.id_field(value uuid) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $vigil$
  SELECT coalesce('\x00000010'::bytea || uuid_send(value), '\xffffffff'::bytea)
$vigil$;

CREATE FUNCTION vigil.text_field(value text) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $vigil$
  SELECT int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8')
$vigil$;

-- The hash of an event, over the hash of the one before it and every field.
CREATE FUNCTION vigil.event_hash(
  prev bytea, room_id uuid, epoch uuid, seq bigint, event_id uuid, session_id uuid, kind text,
  occurred_ms bigint, occurred_offset_min bigint, recorded_ms bigint, recorded_offset_min bigint, mono_us bigint,
  boot_id text, actor uuid, command_id uuid, supersedes uuid, body text
) RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $vigil$
  SELECT sha256(
    'vigil-event-1'::bytea || '\x00000020'::bytea || prev || vigil.id_field(room_id) || vigil.id_field(epoch) || int8send(seq)
    || vigil.id_field(event_id) || vigil.id_field(session_id) || vigil.text_field(kind)
    || int8send(occurred_ms) || int8send(occurred_offset_min) || int8send(recorded_ms) || int8send(recorded_offset_min)
    || int8send(mono_us) || vigil.text_field(boot_id) || vigil.id_field(actor) || vigil.id_field(command_id)
    || vigil.id_field(supersedes) || vigil.text_field(body)
  )
$vigil$;

-- Whose login asks, for the row rules below.
CREATE FUNCTION vigil.my_clinic() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $vigil$
  SELECT clinic_id FROM vigil.login WHERE login = session_user
$vigil$;

-- What the hub holds of the asking room. `epochs`: each with its first and last event, and the hash of the last.
CREATE FUNCTION vigil.my_head(
  p_line smallint,
  OUT schema_version integer, OUT room_id uuid, OUT clinic text, OUT has_left boolean, OUT now_ms bigint, OUT epochs jsonb
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $vigil$
DECLARE
  me record;
BEGIN
  SELECT l.clinic_id, l.room_id, c.name, r.left_at IS NOT NULL AS has_left INTO me
    FROM vigil.login AS l JOIN vigil.clinic AS c USING (clinic_id) JOIN vigil.room AS r USING (clinic_id, room_id)
    WHERE l.login = session_user AND l.kind = 'room';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the login % is no room of this hub', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  schema_version := (SELECT max(n) FROM vigil.schema_version);
  room_id := me.room_id;
  clinic := me.name;
  has_left := me.has_left;
  now_ms := floor(extract(epoch FROM clock_timestamp()) * 1000);
  epochs := coalesce(
    (SELECT jsonb_agg(
        jsonb_build_object('epoch', e.epoch, 'firstSeq', e.first_seq, 'lastSeq', last.seq, 'lastHash', encode(last.hash, 'hex'))
        ORDER BY e.begun_at, e.first_seq)
      FROM vigil.epoch AS e CROSS JOIN LATERAL (
        SELECT v.seq, v.hash FROM vigil.event AS v
          WHERE (v.clinic_id, v.room_id, v.line, v.epoch) = (e.clinic_id, e.room_id, e.line, e.epoch)
          ORDER BY v.seq DESC LIMIT 1
      ) AS last
      WHERE (e.clinic_id, e.room_id, e.line) = (me.clinic_id, me.room_id, p_line)),
    '[]');
END
$vigil$;

-- The rows that follow what is held, all of one epoch, in order: every list has one value for each row.
-- `taken_*`: rows from before, of which the body goes from now on, or what was told in its place. Only what somebody wrote of a session in words of their own can be
-- taken back: a login that fell into wrong hands empties nothing else.
--
--     appended      they are in, and what was taken back is gone
--     elsewhere     the log ends at another event here; nothing was written
--     fork          another event has this number, or a later epoch has begun; nothing was written
--     unknown-past  a new epoch follows an event that is not here; nothing was written
--     left          the room has left the clinic; nothing was written
--
-- A hash that does not follow is refused with 23514 and nothing is written.
CREATE FUNCTION vigil.append_events(
  p_line smallint, p_epoch uuid, p_first bigint, p_prev bytea,
  event_ids uuid[], session_ids uuid[], kinds text[],
  occurred_ms bigint[], occurred_offset_min smallint[], recorded_ms bigint[], recorded_offset_min smallint[], mono_us bigint[],
  boot_ids text[], actors uuid[], command_ids uuid[], supersedes uuid[],
  bodies text[], withheld text[], redacted text[], hashes bytea[],
  taken_epochs uuid[], taken_seqs bigint[], taken_withheld text[], taken_redacted text[]
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $vigil$
DECLARE
  me record;
  at vigil.head%ROWTYPE;
  rows_given constant integer := coalesce(cardinality(hashes), 0);
  follows uuid;
  held bytea;
  wrong bigint;
BEGIN
  SELECT l.clinic_id, l.room_id, r.left_at INTO me
    FROM vigil.login AS l JOIN vigil.room AS r USING (clinic_id, room_id)
    WHERE l.login = session_user AND l.kind = 'room';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the login % is no room of this hub', session_user USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF me.left_at IS NOT NULL THEN
    RETURN 'left';
  END IF;
  SELECT * INTO at FROM vigil.head AS h
    WHERE (h.clinic_id, h.room_id, h.line) = (me.clinic_id, me.room_id, p_line) FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the room has no line %', p_line USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF rows_given = 0 OR (SELECT bool_or(n IS DISTINCT FROM rows_given) FROM unnest(ARRAY[
      cardinality(event_ids), cardinality(session_ids), cardinality(kinds), cardinality(occurred_ms), cardinality(occurred_offset_min),
      cardinality(recorded_ms), cardinality(recorded_offset_min), cardinality(mono_us), cardinality(boot_ids), cardinality(actors),
      cardinality(command_ids), cardinality(supersedes), cardinality(bodies), cardinality(withheld), cardinality(redacted)]) AS n) THEN
    RAISE EXCEPTION 'the lists of a batch differ in length' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  IF p_epoch IS NOT DISTINCT FROM at.epoch AND p_first = at.last_seq + 1 THEN
    IF p_prev IS DISTINCT FROM at.last_hash THEN
      RETURN 'fork';
    END IF;
  ELSIF EXISTS (SELECT FROM vigil.epoch AS e
      WHERE (e.clinic_id, e.room_id, e.line, e.epoch) = (me.clinic_id, me.room_id, p_line, p_epoch)) THEN
    SELECT v.hash INTO held FROM vigil.event AS v
      WHERE (v.clinic_id, v.room_id, v.line, v.epoch, v.seq) = (me.clinic_id, me.room_id, p_line, p_epoch, p_first);
    IF (FOUND AND held IS DISTINCT FROM hashes[1]) OR (NOT FOUND AND p_epoch IS DISTINCT FROM at.epoch) THEN
      RETURN 'fork';
    END IF;
    RETURN 'elsewhere';
  ELSE
    IF at.epoch IS NOT NULL OR p_first <> 1 OR p_prev IS DISTINCT FROM at.last_hash THEN
      SELECT v.epoch INTO follows FROM vigil.event AS v
        WHERE (v.clinic_id, v.room_id, v.line, v.seq, v.hash) = (me.clinic_id, me.room_id, p_line, p_first - 1, p_prev);
      IF NOT FOUND THEN
        RETURN 'unknown-past';
      END IF;
    END IF;
    INSERT INTO vigil.epoch (clinic_id, room_id, line, epoch, first_seq, follows_epoch)
      VALUES (me.clinic_id, me.room_id, p_line, p_epoch, p_first, follows);
  END IF;

  SELECT p_first + r.n - 1 INTO wrong FROM (
    SELECT u.*, lag(u.hash, 1, p_prev) OVER (ORDER BY u.n) AS prev
      FROM unnest(event_ids, session_ids, kinds, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us, boot_ids,
          actors, command_ids, supersedes, bodies, hashes) WITH ORDINALITY
        AS u (event_id, session_id, kind, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us, boot_id,
          actor, command_id, supersedes, body, hash, n)
    ) AS r
    WHERE r.body IS NOT NULL AND r.hash IS DISTINCT FROM vigil.event_hash(
      r.prev, me.room_id, p_epoch, p_first + r.n - 1, r.event_id, r.session_id, r.kind, r.occurred_ms, r.occurred_offset_min,
      r.recorded_ms, r.recorded_offset_min, r.mono_us, r.boot_id, r.actor, r.command_id, r.supersedes, r.body)
    ORDER BY r.n LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the hash of event % does not follow', wrong USING ERRCODE = 'check_violation';
  END IF;

  INSERT INTO vigil.event (clinic_id, room_id, line, epoch, seq, event_id, session_id, kind, occurred_ms, occurred_offset_min, recorded_ms,
      recorded_offset_min, mono_us, boot_id, actor, command_id, supersedes, body, withheld, redacted, prev, hash)
    SELECT me.clinic_id, me.room_id, p_line, p_epoch, p_first + u.n - 1, u.event_id, u.session_id, u.kind, u.occurred_ms,
        u.occurred_offset_min, u.recorded_ms, u.recorded_offset_min, u.mono_us, u.boot_id, u.actor, u.command_id, u.supersedes,
        u.body, u.withheld, u.redacted, lag(u.hash, 1, p_prev) OVER (ORDER BY u.n), u.hash
      FROM unnest(event_ids, session_ids, kinds, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us, boot_ids,
          actors, command_ids, supersedes, bodies, withheld, redacted, hashes) WITH ORDINALITY
        AS u (event_id, session_id, kind, occurred_ms, occurred_offset_min, recorded_ms, recorded_offset_min, mono_us, boot_id,
          actor, command_id, supersedes, body, withheld, redacted, hash, n);
  UPDATE vigil.head AS h
    SET epoch = p_epoch, last_seq = p_first + rows_given - 1, last_hash = hashes[rows_given], seen_at = now()
    WHERE (h.clinic_id, h.room_id, h.line) = (me.clinic_id, me.room_id, p_line);

  IF cardinality(taken_seqs) > 0 THEN
    SELECT v.seq INTO wrong FROM vigil.event AS v JOIN unnest(taken_epochs, taken_seqs) AS t (epoch, seq) USING (epoch, seq)
      WHERE (v.clinic_id, v.room_id, v.line) = (me.clinic_id, me.room_id, p_line)
        AND (v.session_id IS NULL OR v.kind NOT IN ('observation-recorded', 'observation-amended', 'event-undone'))
      ORDER BY v.seq LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'event % has no words that could be taken back', wrong USING ERRCODE = 'check_violation';
    END IF;
    WITH gone AS (
      UPDATE vigil.event AS v SET body = NULL, withheld = t.withheld, redacted = t.redacted
        FROM unnest(taken_epochs, taken_seqs, taken_withheld, taken_redacted) AS t (epoch, seq, withheld, redacted)
        WHERE (v.clinic_id, v.room_id, v.line) = (me.clinic_id, me.room_id, p_line) AND v.epoch = t.epoch AND v.seq = t.seq
          -- Also of a row whose body never came: what was told in its place may have to go after it.
          AND (v.body IS NOT NULL OR (v.redacted IS NOT NULL AND t.redacted IS NULL))
        RETURNING v.epoch, v.seq, v.withheld
    )
    INSERT INTO vigil.withholding AS w (clinic_id, room_id, line, epoch, seq, reason, by_login)
      SELECT me.clinic_id, me.room_id, p_line, gone.epoch, gone.seq, gone.withheld, session_user FROM gone
      ON CONFLICT (clinic_id, room_id, line, epoch, seq) DO UPDATE SET reason = excluded.reason, by_login = excluded.by_login, at = now();
  END IF;
  RETURN 'appended';
END
$vigil$;

-- A room of the clinic, and the login that is its own. By whoever owns the hub.
CREATE FUNCTION vigil.add_room(p_clinic uuid, p_room uuid, p_name text, p_login name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $vigil$
BEGIN
  INSERT INTO vigil.room (clinic_id, room_id, name) VALUES (p_clinic, p_room, p_name) ON CONFLICT DO NOTHING;
  INSERT INTO vigil.head (clinic_id, room_id, line) VALUES (p_clinic, p_room, 0) ON CONFLICT DO NOTHING;
  INSERT INTO vigil.login (login, clinic_id, kind, room_id) VALUES (p_login, p_clinic, 'room', p_room);
END
$vigil$;

-- The events whose hash is not made of what stands here, or that do not follow the one before, and a log that does not end where
-- its room was told that it does: none, where all is whole. What was withheld is bound by the event behind it; what is told in its
-- place is under no hash.
CREATE FUNCTION vigil.wrong_events() RETURNS TABLE (room_id uuid, line smallint, epoch uuid, seq bigint, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $vigil$
  SELECT v.room_id, v.line, v.epoch, v.seq, 'its hash is not made of what stands here'
    FROM vigil.event AS v
    WHERE v.body IS NOT NULL AND v.hash <> vigil.event_hash(
      v.prev, v.room_id, v.epoch, v.seq, v.event_id, v.session_id, v.kind, v.occurred_ms, v.occurred_offset_min, v.recorded_ms,
      v.recorded_offset_min, v.mono_us, v.boot_id, v.actor, v.command_id, v.supersedes, v.body)
  UNION ALL
  SELECT v.room_id, v.line, v.epoch, v.seq, 'it does not follow the event before it'
    FROM vigil.event AS v
    JOIN vigil.epoch AS e USING (clinic_id, room_id, line, epoch)
    LEFT JOIN vigil.event AS p ON (p.clinic_id, p.room_id, p.line, p.seq) = (v.clinic_id, v.room_id, v.line, v.seq - 1)
      AND p.epoch = CASE WHEN v.seq = e.first_seq THEN e.follows_epoch ELSE v.epoch END
    WHERE coalesce(p.hash, decode(repeat('00', 32), 'hex')) <> v.prev
  UNION ALL
  SELECT h.room_id, h.line, h.epoch, h.last_seq, 'it is the last that was acknowledged, and is not here as it was'
    FROM vigil.head AS h
    LEFT JOIN vigil.event AS v ON (v.clinic_id, v.room_id, v.line, v.epoch, v.seq) = (h.clinic_id, h.room_id, h.line, h.epoch, h.last_seq)
    WHERE h.last_seq > 0 AND v.hash IS DISTINCT FROM h.last_hash
$vigil$;

ALTER TABLE vigil.clinic ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.room ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.login ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.head ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.epoch ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE vigil.withholding ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_my_clinic ON vigil.clinic FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.room FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.login FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.head FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.epoch FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.event FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));
CREATE POLICY of_my_clinic ON vigil.withholding FOR SELECT TO vigil_reader USING (clinic_id = (SELECT vigil.my_clinic()));

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vigil FROM PUBLIC;
GRANT USAGE ON SCHEMA vigil TO vigil_room, vigil_reader;
GRANT EXECUTE ON FUNCTION vigil.my_head, vigil.append_events TO vigil_room;
GRANT EXECUTE ON FUNCTION vigil.my_clinic TO vigil_reader;
GRANT SELECT ON vigil.clinic, vigil.room, vigil.login, vigil.head, vigil.epoch, vigil.event, vigil.withholding TO vigil_reader;

INSERT INTO vigil.schema_version (n) VALUES (10);
RESET ROLE;
