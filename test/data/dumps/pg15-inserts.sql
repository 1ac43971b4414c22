--
-- PostgreSQL database dump
--

\restrict k3YofThisDump

-- Dumped from database version 15.18
-- Dumped by pg_dump version 15.18

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: Odd "Schema"; x; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA "Odd ""Schema""; x";


--
-- Name: tides; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA tides;


--
-- Name: german; Type: COLLATION; Schema: public; Owner: -
--

CREATE COLLATION public.german (provider = icu, deterministic = false, locale = 'de-u-ks-level2');


--
-- Name: citext; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;


--
-- Name: EXTENSION citext; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: berth_size; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.berth_size AS (
	length numeric(6,2),
	depth numeric(6,2),
	note text
);


--
-- Name: depth_m; Type: DOMAIN; Schema: public; Owner: -
--

CREATE DOMAIN public.depth_m AS numeric(6,2) DEFAULT 0
	CONSTRAINT depth_m_check CHECK (((VALUE >= (0)::numeric) AND ((VALUE)::text <> ';'::text)));


--
-- Name: float_range; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.float_range AS RANGE (
    subtype = double precision,
    multirange_type_name = public.float_multirange
);


--
-- Name: mood; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.mood AS ENUM (
    'calm',
    'it''s rough; very',
    'storm'
);


--
-- Name: CAST (public.mood AS integer); Type: CAST; Schema: -; Owner: -
--

CREATE CAST (public.mood AS integer) WITH INOUT AS ASSIGNMENT;


--
-- Name: atomic_one(integer, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.atomic_one(a integer, b integer DEFAULT 3) RETURNS integer
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (a > b) THEN
             CASE
                 WHEN (a > 10) THEN 10
                 ELSE a
             END
             ELSE b
         END AS b;
END;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: scratch; Type: TABLE; Schema: public; Owner: -
--

CREATE UNLOGGED TABLE public.scratch (
    a integer,
    b text
);


--
-- Name: atomic_two(integer); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.atomic_two(IN n integer)
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.scratch (a, b)
   VALUES (atomic_two.n, ';'::text);
 UPDATE public.scratch SET b =
         CASE
             WHEN (scratch.a = 1) THEN 'end;'::text
             ELSE 'begin'::text
         END
   WHERE (scratch.a = atomic_two.n);
END;


--
-- Name: begin(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.begin() RETURNS integer
    LANGUAGE sql
    AS $$select 1$$;


--
-- Name: many(numeric[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.many(VARIADIC xs numeric[]) RETURNS SETOF record
    LANGUAGE plpgsql
    AS $$ begin return query select 1, ';'; end $$;


--
-- Name: nested(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.nested() RETURNS text
    LANGUAGE plpgsql
    AS $_$
declare q text := $q$ select '$$;$$' ; $q$; -- it's a comment; with a quote
begin
  /* nested /* comment; */ ' */
  execute $x$ do $y$ begin perform 1; end $y$ $x$;
  return q || $$;'"$$;
end;
$_$;


--
-- Name: slash(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.slash(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT
    AS $_$select $1 || E';\\'$_$;


--
-- Name: slash_longer(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.slash_longer(text, text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $_$ select case when length($1) > length($2) then $1 else $2 end $_$;


--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin new.seen := now(); return new; end $$;


--
-- Name: watch(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.watch() RETURNS event_trigger
    LANGUAGE plpgsql
    AS $$ begin perform 1; end $$;


--
-- Name: longest(text); Type: AGGREGATE; Schema: public; Owner: -
--

CREATE AGGREGATE public.longest(text) (
    SFUNC = public.slash_longer,
    STYPE = text
);


--
-- Name: ===; Type: OPERATOR; Schema: public; Owner: -
--

CREATE OPERATOR public.=== (
    FUNCTION = texteq,
    LEFTARG = text,
    RIGHTARG = text
);


--
-- Name: plain; Type: TEXT SEARCH CONFIGURATION; Schema: public; Owner: -
--

CREATE TEXT SEARCH CONFIGURATION public.plain (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR asciiword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR word WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR hword_part WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR hword_asciipart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR asciihword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR hword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.plain
    ADD MAPPING FOR uint WITH simple;


--
-- Name: nothing; Type: FOREIGN DATA WRAPPER; Schema: -; Owner: -
--

CREATE FOREIGN DATA WRAPPER nothing;


--
-- Name: nowhere; Type: SERVER; Schema: -; Owner: -
--

CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing OPTIONS (
    host 'it''s;'
);


--
-- Name: Table; -- odd; Type: TABLE; Schema: Odd "Schema"; x; Owner: -
--

CREATE TABLE "Odd ""Schema""; x"."Table; -- odd" (
    "a;b" integer,
    "select" text,
    "$$" text
);


--
-- Name: ships; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ships (
    id bigint NOT NULL,
    name text NOT NULL,
    "Call Sign; odd" public.citext DEFAULT 'it''s;'::public.citext COLLATE pg_catalog."C",
    mood public.mood DEFAULT 'it''s rough; very'::public.mood,
    size public.berth_size,
    depth public.depth_m,
    tags text[] DEFAULT '{a,b;c}'::text[],
    data jsonb DEFAULT '{"a": "\\ '';"}'::jsonb,
    area numeric GENERATED ALWAYS AS (
CASE
    WHEN ((depth)::numeric > (1)::numeric) THEN ((depth)::numeric * (2)::numeric)
    ELSE (0)::numeric
END) STORED,
    fleet_id integer,
    raw bytea,
    seen timestamp with time zone DEFAULT now(),
    CONSTRAINT "check; it" CHECK (((name <> '\;'::text) AND (name <> ';'''::text)))
);


--
-- Name: TABLE ships; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.ships IS 'Ships; it''s a table with "quotes", \backslashes and $$dollars$$
and a second line; -- no comment';


--
-- Name: COLUMN ships."Call Sign; odd"; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ships."Call Sign; odd" IS 'tab	here';


--
-- Name: calm; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.calm AS
 SELECT ships.id,
    ships.name,
        CASE ships.mood
            WHEN 'calm'::public.mood THEN ';'::text
            ELSE ''''::text
        END AS x
   FROM public.ships
  WHERE (ships.mood = 'calm'::public.mood)
  WITH LOCAL CHECK OPTION;


--
-- Name: child; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.child (
    extra integer
)
INHERITS (public.scratch);


--
-- Name: counted; Type: MATERIALIZED VIEW; Schema: public; Owner: -
--

CREATE MATERIALIZED VIEW public.counted AS
 SELECT ships.mood,
    count(*) AS count
   FROM public.ships
  GROUP BY ships.mood
  WITH NO DATA;


--
-- Name: far; Type: FOREIGN TABLE; Schema: public; Owner: -
--

CREATE FOREIGN TABLE public.far (
    a integer
)
SERVER nowhere;
ALTER FOREIGN TABLE public.far ALTER COLUMN a OPTIONS (
    col ';'
);


--
-- Name: fleets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fleets (
    id integer NOT NULL,
    name text,
    flagship bigint
);


--
-- Name: fleets_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.fleets_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: fleets_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.fleets_id_seq OWNED BY public.fleets.id;


--
-- Name: loose_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.loose_seq
    AS smallint
    START WITH 7
    INCREMENT BY 3
    NO MINVALUE
    MAXVALUE 100
    CACHE 1
    CYCLE;


--
-- Name: ships_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.ships ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ships_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: levels; Type: TABLE; Schema: tides; Owner: -
--

CREATE TABLE tides.levels (
    at timestamp with time zone NOT NULL,
    station text NOT NULL,
    level numeric
)
PARTITION BY LIST (station);


--
-- Name: levels_n; Type: TABLE; Schema: tides; Owner: -
--

CREATE TABLE tides.levels_n (
    at timestamp with time zone NOT NULL,
    station text NOT NULL,
    level numeric
)
PARTITION BY RANGE (at);


--
-- Name: levels_n1; Type: TABLE; Schema: tides; Owner: -
--

CREATE TABLE tides.levels_n1 (
    at timestamp with time zone NOT NULL,
    station text NOT NULL,
    level numeric
);


--
-- Name: levels_rest; Type: TABLE; Schema: tides; Owner: -
--

CREATE TABLE tides.levels_rest (
    at timestamp with time zone NOT NULL,
    station text NOT NULL,
    level numeric
);


--
-- Name: levels_n; Type: TABLE ATTACH; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels ATTACH PARTITION tides.levels_n FOR VALUES IN ('north');


--
-- Name: levels_n1; Type: TABLE ATTACH; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels_n ATTACH PARTITION tides.levels_n1 FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2021-01-01 00:00:00+00');


--
-- Name: levels_rest; Type: TABLE ATTACH; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels ATTACH PARTITION tides.levels_rest DEFAULT;


--
-- Name: fleets id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fleets ALTER COLUMN id SET DEFAULT nextval('public.fleets_id_seq'::regclass);


--
-- Name: 16500; Type: BLOB; Schema: -; Owner: -
--

SELECT pg_catalog.lo_create('16500');


--
-- Name: LARGE OBJECT 16500; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON LARGE OBJECT 16500 IS 'a large object; it''s';


--
-- Name: 16501; Type: BLOB; Schema: -; Owner: -
--

SELECT pg_catalog.lo_create('16501');


--
-- Data for Name: Table; -- odd; Type: TABLE DATA; Schema: Odd "Schema"; x; Owner: -
--

INSERT INTO "Odd ""Schema""; x"."Table; -- odd" VALUES
	(1, ''';', '$$');


--
-- Data for Name: child; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.child VALUES
	(1, 'x', 2);


--
-- Data for Name: fleets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.fleets VALUES
	(1, 'fleet 1', 1),
	(2, 'fleet 2', 2),
	(3, 'fleet 3', 3),
	(4, 'fleet 4', 4),
	(5, 'fleet 5', 5),
	(6, 'fleet 6', 6),
	(7, 'fleet 7', 7),
	(8, 'fleet 8', 8),
	(9, 'fleet 9', 9),
	(10, 'fleet 10', 10),
	(11, 'fleet 11', 11),
	(12, 'fleet 12', 12),
	(13, 'fleet 13', 13),
	(14, 'fleet 14', 14),
	(15, 'fleet 15', 15),
	(16, 'fleet 16', 16),
	(17, 'fleet 17', 17),
	(18, 'fleet 18', 18),
	(19, 'fleet 19', 19),
	(20, 'fleet 20', 20);


--
-- Data for Name: scratch; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.scratch VALUES
	(NULL, '\.'),
	(1, ''),
	(2, NULL),
	(3, '\N'),
	(4, '
'),
	(5, 'v');


--
-- Data for Name: ships; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.ships OVERRIDING SYSTEM VALUE VALUES
	(1, 'ship 1; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(1.00,0.50,"a,""b"";")', 1.00, '{1,"{;}",NULL}', '{"n": 1, "u": "Größe 🚢 日本"}', DEFAULT, 2, '\xc4ca4238a0b923820dcc509a6f75849b', '2026-11-22 01:50:16.671829+00'),
	(2, 'ship 2; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(2.00,1.00,"a,""b"";")', 2.00, '{2,"{;}",NULL}', '{"n": 2, "u": "Größe 🚢 日本"}', DEFAULT, 3, '\xc81e728d9d4c2f636f067f89cc14862c', '2026-11-22 01:50:16.671829+00'),
	(3, 'ship 3; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(3.00,1.50,"a,""b"";")', 3.00, '{3,"{;}",NULL}', '{"n": 3, "u": "Größe 🚢 日本"}', DEFAULT, 4, '\xeccbc87e4b5ce2fe28308fd9f2a7baf3', '2026-11-22 01:50:16.671829+00'),
	(4, 'ship 4; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(4.00,2.00,"a,""b"";")', 4.00, '{4,"{;}",NULL}', '{"n": 4, "u": "Größe 🚢 日本"}', DEFAULT, 5, '\xa87ff679a2f3e71d9181a67b7542122c', '2026-11-22 01:50:16.671829+00'),
	(5, 'ship 5; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(5.00,2.50,"a,""b"";")', 5.00, '{5,"{;}",NULL}', '{"n": 5, "u": "Größe 🚢 日本"}', DEFAULT, 6, '\xe4da3b7fbbce2345d7772b0674a318d5', '2026-11-22 01:50:16.671829+00'),
	(6, 'ship 6; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(6.00,3.00,"a,""b"";")', 6.00, '{6,"{;}",NULL}', '{"n": 6, "u": "Größe 🚢 日本"}', DEFAULT, 7, '\x1679091c5a880faf6fb5e6087eb1b2dc', '2026-11-22 01:50:16.671829+00'),
	(7, 'ship 7; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(7.00,0.00,"a,""b"";")', 7.00, '{7,"{;}",NULL}', '{"n": 7, "u": "Größe 🚢 日本"}', DEFAULT, 8, '\x8f14e45fceea167a5a36dedd4bea2543', '2026-11-22 01:50:16.671829+00'),
	(8, 'ship 8; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(8.00,0.50,"a,""b"";")', 8.00, '{8,"{;}",NULL}', '{"n": 8, "u": "Größe 🚢 日本"}', DEFAULT, 9, '\xc9f0f895fb98ab9159f51fd0297e236d', '2026-11-22 01:50:16.671829+00'),
	(9, 'ship 9; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(9.00,1.00,"a,""b"";")', 0.00, '{9,"{;}",NULL}', '{"n": 9, "u": "Größe 🚢 日本"}', DEFAULT, 10, '\x45c48cce2e2d7fbdea1afc51c7c6ad26', '2026-11-22 01:50:16.671829+00'),
	(10, 'ship 10; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(10.00,1.50,"a,""b"";")', 1.00, '{10,"{;}",NULL}', '{"n": 10, "u": "Größe 🚢 日本"}', DEFAULT, 11, '\xd3d9446802a44259755d38e6d163e820', '2026-11-22 01:50:16.671829+00'),
	(11, 'ship 11; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(11.00,2.00,"a,""b"";")', 2.00, '{11,"{;}",NULL}', '{"n": 11, "u": "Größe 🚢 日本"}', DEFAULT, 12, '\x6512bd43d9caa6e02c990b0a82652dca', '2026-11-22 01:50:16.671829+00'),
	(12, 'ship 12; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(12.00,2.50,"a,""b"";")', 3.00, '{12,"{;}",NULL}', '{"n": 12, "u": "Größe 🚢 日本"}', DEFAULT, 13, '\xc20ad4d76fe97759aa27a0c99bff6710', '2026-11-22 01:50:16.671829+00'),
	(13, 'ship 13; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(13.00,3.00,"a,""b"";")', 4.00, '{13,"{;}",NULL}', '{"n": 13, "u": "Größe 🚢 日本"}', DEFAULT, 14, '\xc51ce410c124a10e0db5e4b97fc2af39', '2026-11-22 01:50:16.671829+00'),
	(14, 'ship 14; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(14.00,0.00,"a,""b"";")', 5.00, '{14,"{;}",NULL}', '{"n": 14, "u": "Größe 🚢 日本"}', DEFAULT, 15, '\xaab3238922bcc25a6f606eb525ffdc56', '2026-11-22 01:50:16.671829+00'),
	(15, 'ship 15; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(15.00,0.50,"a,""b"";")', 6.00, '{15,"{;}",NULL}', '{"n": 15, "u": "Größe 🚢 日本"}', DEFAULT, 16, '\x9bf31c7ff062936a96d3c8bd1f8f2ff3', '2026-11-22 01:50:16.671829+00'),
	(16, 'ship 16; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(16.00,1.00,"a,""b"";")', 7.00, '{16,"{;}",NULL}', '{"n": 16, "u": "Größe 🚢 日本"}', DEFAULT, 17, '\xc74d97b01eae257e44aa9d5bade97baf', '2026-11-22 01:50:16.671829+00'),
	(17, 'ship 17; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(17.00,1.50,"a,""b"";")', 8.00, '{17,"{;}",NULL}', '{"n": 17, "u": "Größe 🚢 日本"}', DEFAULT, 18, '\x70efdf2ec9b086079795c442636b55fb', '2026-11-22 01:50:16.671829+00'),
	(18, 'ship 18; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(18.00,2.00,"a,""b"";")', 0.00, '{18,"{;}",NULL}', '{"n": 18, "u": "Größe 🚢 日本"}', DEFAULT, 19, '\x6f4922f45568161a8cdf4ad2299f6d23', '2026-11-22 01:50:16.671829+00'),
	(19, 'ship 19; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(19.00,2.50,"a,""b"";")', 1.00, '{19,"{;}",NULL}', '{"n": 19, "u": "Größe 🚢 日本"}', DEFAULT, 20, '\x1f0e3dad99908345f7439f8ffabdffc4', '2026-11-22 01:50:16.671829+00'),
	(20, 'ship 20; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(20.00,3.00,"a,""b"";")', 2.00, '{20,"{;}",NULL}', '{"n": 20, "u": "Größe 🚢 日本"}', DEFAULT, 1, '\x98f13708210194c475687be6106a3b84', '2026-11-22 01:50:16.671829+00');
INSERT INTO public.ships OVERRIDING SYSTEM VALUE VALUES
	(21, 'ship 21; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(21.00,0.00,"a,""b"";")', 3.00, '{21,"{;}",NULL}', '{"n": 21, "u": "Größe 🚢 日本"}', DEFAULT, 2, '\x3c59dc048e8850243be8079a5c74d079', '2026-11-22 01:50:16.671829+00'),
	(22, 'ship 22; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(22.00,0.50,"a,""b"";")', 4.00, '{22,"{;}",NULL}', '{"n": 22, "u": "Größe 🚢 日本"}', DEFAULT, 3, '\xb6d767d2f8ed5d21a44b0e5886680cb9', '2026-11-22 01:50:16.671829+00'),
	(23, 'ship 23; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(23.00,1.00,"a,""b"";")', 5.00, '{23,"{;}",NULL}', '{"n": 23, "u": "Größe 🚢 日本"}', DEFAULT, 4, '\x37693cfc748049e45d87b8c7d8b9aacd', '2026-11-22 01:50:16.671829+00'),
	(24, 'ship 24; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(24.00,1.50,"a,""b"";")', 6.00, '{24,"{;}",NULL}', '{"n": 24, "u": "Größe 🚢 日本"}', DEFAULT, 5, '\x1ff1de774005f8da13f42943881c655f', '2026-11-22 01:50:16.671829+00'),
	(25, 'ship 25; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(25.00,2.00,"a,""b"";")', 7.00, '{25,"{;}",NULL}', '{"n": 25, "u": "Größe 🚢 日本"}', DEFAULT, 6, '\x8e296a067a37563370ded05f5a3bf3ec', '2026-11-22 01:50:16.671829+00'),
	(26, 'ship 26; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(26.00,2.50,"a,""b"";")', 8.00, '{26,"{;}",NULL}', '{"n": 26, "u": "Größe 🚢 日本"}', DEFAULT, 7, '\x4e732ced3463d06de0ca9a15b6153677', '2026-11-22 01:50:16.671829+00'),
	(27, 'ship 27; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(27.00,3.00,"a,""b"";")', 0.00, '{27,"{;}",NULL}', '{"n": 27, "u": "Größe 🚢 日本"}', DEFAULT, 8, '\x02e74f10e0327ad868d138f2b4fdd6f0', '2026-11-22 01:50:16.671829+00'),
	(28, 'ship 28; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(28.00,0.00,"a,""b"";")', 1.00, '{28,"{;}",NULL}', '{"n": 28, "u": "Größe 🚢 日本"}', DEFAULT, 9, '\x33e75ff09dd601bbe69f351039152189', '2026-11-22 01:50:16.671829+00'),
	(29, 'ship 29; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(29.00,0.50,"a,""b"";")', 2.00, '{29,"{;}",NULL}', '{"n": 29, "u": "Größe 🚢 日本"}', DEFAULT, 10, '\x6ea9ab1baa0efb9e19094440c317e21b', '2026-11-22 01:50:16.671829+00'),
	(30, 'ship 30; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(30.00,1.00,"a,""b"";")', 3.00, '{30,"{;}",NULL}', '{"n": 30, "u": "Größe 🚢 日本"}', DEFAULT, 11, '\x34173cb38f07f89ddbebc2ac9128303f', '2026-11-22 01:50:16.671829+00'),
	(31, 'ship 31; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(31.00,1.50,"a,""b"";")', 4.00, '{31,"{;}",NULL}', '{"n": 31, "u": "Größe 🚢 日本"}', DEFAULT, 12, '\xc16a5320fa475530d9583c34fd356ef5', '2026-11-22 01:50:16.671829+00'),
	(32, 'ship 32; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(32.00,2.00,"a,""b"";")', 5.00, '{32,"{;}",NULL}', '{"n": 32, "u": "Größe 🚢 日本"}', DEFAULT, 13, '\x6364d3f0f495b6ab9dcf8d3b5c6e0b01', '2026-11-22 01:50:16.671829+00'),
	(33, 'ship 33; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(33.00,2.50,"a,""b"";")', 6.00, '{33,"{;}",NULL}', '{"n": 33, "u": "Größe 🚢 日本"}', DEFAULT, 14, '\x182be0c5cdcd5072bb1864cdee4d3d6e', '2026-11-22 01:50:16.671829+00'),
	(34, 'ship 34; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(34.00,3.00,"a,""b"";")', 7.00, '{34,"{;}",NULL}', '{"n": 34, "u": "Größe 🚢 日本"}', DEFAULT, 15, '\xe369853df766fa44e1ed0ff613f563bd', '2026-11-22 01:50:16.671829+00'),
	(35, 'ship 35; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(35.00,0.00,"a,""b"";")', 8.00, '{35,"{;}",NULL}', '{"n": 35, "u": "Größe 🚢 日本"}', DEFAULT, 16, '\x1c383cd30b7c298ab50293adfecb7b18', '2026-11-22 01:50:16.671829+00'),
	(36, 'ship 36; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(36.00,0.50,"a,""b"";")', 0.00, '{36,"{;}",NULL}', '{"n": 36, "u": "Größe 🚢 日本"}', DEFAULT, 17, '\x19ca14e7ea6328a42e0eb13d585e4c22', '2026-11-22 01:50:16.671829+00'),
	(37, 'ship 37; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(37.00,1.00,"a,""b"";")', 1.00, '{37,"{;}",NULL}', '{"n": 37, "u": "Größe 🚢 日本"}', DEFAULT, 18, '\xa5bfc9e07964f8dddeb95fc584cd965d', '2026-11-22 01:50:16.671829+00'),
	(38, 'ship 38; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(38.00,1.50,"a,""b"";")', 2.00, '{38,"{;}",NULL}', '{"n": 38, "u": "Größe 🚢 日本"}', DEFAULT, 19, '\xa5771bce93e200c36f7cd9dfd0e5deaa', '2026-11-22 01:50:16.671829+00'),
	(39, 'ship 39; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(39.00,2.00,"a,""b"";")', 3.00, '{39,"{;}",NULL}', '{"n": 39, "u": "Größe 🚢 日本"}', DEFAULT, 20, '\xd67d8ab4f4c10bf22aa353e27879133c', '2026-11-22 01:50:16.671829+00'),
	(40, 'ship 40; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(40.00,2.50,"a,""b"";")', 4.00, '{40,"{;}",NULL}', '{"n": 40, "u": "Größe 🚢 日本"}', DEFAULT, 1, '\xd645920e395fedad7bbbed0eca3fe2e0', '2026-11-22 01:50:16.671829+00');
INSERT INTO public.ships OVERRIDING SYSTEM VALUE VALUES
	(41, 'ship 41; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(41.00,3.00,"a,""b"";")', 5.00, '{41,"{;}",NULL}', '{"n": 41, "u": "Größe 🚢 日本"}', DEFAULT, 2, '\x3416a75f4cea9109507cacd8e2f2aefc', '2026-11-22 01:50:16.671829+00'),
	(42, 'ship 42; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(42.00,0.00,"a,""b"";")', 6.00, '{42,"{;}",NULL}', '{"n": 42, "u": "Größe 🚢 日本"}', DEFAULT, 3, '\xa1d0c6e83f027327d8461063f4ac58a6', '2026-11-22 01:50:16.671829+00'),
	(43, 'ship 43; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(43.00,0.50,"a,""b"";")', 7.00, '{43,"{;}",NULL}', '{"n": 43, "u": "Größe 🚢 日本"}', DEFAULT, 4, '\x17e62166fc8586dfa4d1bc0e1742c08b', '2026-11-22 01:50:16.671829+00'),
	(44, 'ship 44; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(44.00,1.00,"a,""b"";")', 8.00, '{44,"{;}",NULL}', '{"n": 44, "u": "Größe 🚢 日本"}', DEFAULT, 5, '\xf7177163c833dff4b38fc8d2872f1ec6', '2026-11-22 01:50:16.671829+00'),
	(45, 'ship 45; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(45.00,1.50,"a,""b"";")', 0.00, '{45,"{;}",NULL}', '{"n": 45, "u": "Größe 🚢 日本"}', DEFAULT, 6, '\x6c8349cc7260ae62e3b1396831a8398f', '2026-11-22 01:50:16.671829+00'),
	(46, 'ship 46; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(46.00,2.00,"a,""b"";")', 1.00, '{46,"{;}",NULL}', '{"n": 46, "u": "Größe 🚢 日本"}', DEFAULT, 7, '\xd9d4f495e875a2e075a1a4a6e1b9770f', '2026-11-22 01:50:16.671829+00'),
	(47, 'ship 47; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(47.00,2.50,"a,""b"";")', 2.00, '{47,"{;}",NULL}', '{"n": 47, "u": "Größe 🚢 日本"}', DEFAULT, 8, '\x67c6a1e7ce56d3d6fa748ab6d9af3fd7', '2026-11-22 01:50:16.671829+00'),
	(48, 'ship 48; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(48.00,3.00,"a,""b"";")', 3.00, '{48,"{;}",NULL}', '{"n": 48, "u": "Größe 🚢 日本"}', DEFAULT, 9, '\x642e92efb79421734881b53e1e1b18b6', '2026-11-22 01:50:16.671829+00'),
	(49, 'ship 49; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(49.00,0.00,"a,""b"";")', 4.00, '{49,"{;}",NULL}', '{"n": 49, "u": "Größe 🚢 日本"}', DEFAULT, 10, '\xf457c545a9ded88f18ecee47145a72c0', '2026-11-22 01:50:16.671829+00'),
	(50, 'ship 50; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(50.00,0.50,"a,""b"";")', 5.00, '{50,"{;}",NULL}', '{"n": 50, "u": "Größe 🚢 日本"}', DEFAULT, 11, '\xc0c7c76d30bd3dcaefc96f40275bdc0a', '2026-11-22 01:50:16.671829+00'),
	(51, 'ship 51; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(51.00,1.00,"a,""b"";")', 6.00, '{51,"{;}",NULL}', '{"n": 51, "u": "Größe 🚢 日本"}', DEFAULT, 12, '\x2838023a778dfaecdc212708f721b788', '2026-11-22 01:50:16.671829+00'),
	(52, 'ship 52; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(52.00,1.50,"a,""b"";")', 7.00, '{52,"{;}",NULL}', '{"n": 52, "u": "Größe 🚢 日本"}', DEFAULT, 13, '\x9a1158154dfa42caddbd0694a4e9bdc8', '2026-11-22 01:50:16.671829+00'),
	(53, 'ship 53; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(53.00,2.00,"a,""b"";")', 8.00, '{53,"{;}",NULL}', '{"n": 53, "u": "Größe 🚢 日本"}', DEFAULT, 14, '\xd82c8d1619ad8176d665453cfb2e55f0', '2026-11-22 01:50:16.671829+00'),
	(54, 'ship 54; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(54.00,2.50,"a,""b"";")', 0.00, '{54,"{;}",NULL}', '{"n": 54, "u": "Größe 🚢 日本"}', DEFAULT, 15, '\xa684eceee76fc522773286a895bc8436', '2026-11-22 01:50:16.671829+00'),
	(55, 'ship 55; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(55.00,3.00,"a,""b"";")', 1.00, '{55,"{;}",NULL}', '{"n": 55, "u": "Größe 🚢 日本"}', DEFAULT, 16, '\xb53b3a3d6ab90ce0268229151c9bde11', '2026-11-22 01:50:16.671829+00'),
	(56, 'ship 56; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(56.00,0.00,"a,""b"";")', 2.00, '{56,"{;}",NULL}', '{"n": 56, "u": "Größe 🚢 日本"}', DEFAULT, 17, '\x9f61408e3afb633e50cdf1b20de6f466', '2026-11-22 01:50:16.671829+00'),
	(57, 'ship 57; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(57.00,0.50,"a,""b"";")', 3.00, '{57,"{;}",NULL}', '{"n": 57, "u": "Größe 🚢 日本"}', DEFAULT, 18, '\x72b32a1f754ba1c09b3695e0cb6cde7f', '2026-11-22 01:50:16.671829+00'),
	(58, 'ship 58; it''s	\N \. 
-- $$ "', 'it''s;', 'it''s rough; very', '(58.00,1.00,"a,""b"";")', 4.00, '{58,"{;}",NULL}', '{"n": 58, "u": "Größe 🚢 日本"}', DEFAULT, 19, '\x66f041e16a60928b05a7e228a89c3799', '2026-11-22 01:50:16.671829+00'),
	(59, 'ship 59; it''s	\N \. 
-- $$ "', 'it''s;', NULL, '(59.00,1.50,"a,""b"";")', 5.00, '{59,"{;}",NULL}', '{"n": 59, "u": "Größe 🚢 日本"}', DEFAULT, 20, '\x093f65e080a295f8076b1c5722a46aa2', '2026-11-22 01:50:16.671829+00'),
	(60, 'ship 60; it''s	\N \. 
-- $$ "', 'it''s;', 'calm', '(60.00,2.00,"a,""b"";")', 6.00, '{60,"{;}",NULL}', '{"n": 60, "u": "Größe 🚢 日本"}', DEFAULT, 1, '\x072b030ba126b2f4b2374f342be9ed44', '2026-11-22 01:50:16.671829+00');


--
-- Data for Name: levels_n1; Type: TABLE DATA; Schema: tides; Owner: -
--

INSERT INTO tides.levels_n1 VALUES
	('2020-01-03 00:00:00+00', 'north', 2),
	('2020-01-05 00:00:00+00', 'north', 4),
	('2020-01-07 00:00:00+00', 'north', 6),
	('2020-01-09 00:00:00+00', 'north', 8),
	('2020-01-11 00:00:00+00', 'north', 10),
	('2020-01-13 00:00:00+00', 'north', 12),
	('2020-01-15 00:00:00+00', 'north', 14),
	('2020-01-17 00:00:00+00', 'north', 16),
	('2020-01-19 00:00:00+00', 'north', 18),
	('2020-01-21 00:00:00+00', 'north', 20),
	('2020-01-23 00:00:00+00', 'north', 22),
	('2020-01-25 00:00:00+00', 'north', 24),
	('2020-01-27 00:00:00+00', 'north', 26),
	('2020-01-29 00:00:00+00', 'north', 28),
	('2020-01-31 00:00:00+00', 'north', 30),
	('2020-02-02 00:00:00+00', 'north', 32),
	('2020-02-04 00:00:00+00', 'north', 34),
	('2020-02-06 00:00:00+00', 'north', 36),
	('2020-02-08 00:00:00+00', 'north', 38),
	('2020-02-10 00:00:00+00', 'north', 40);
INSERT INTO tides.levels_n1 VALUES
	('2020-02-12 00:00:00+00', 'north', 42),
	('2020-02-14 00:00:00+00', 'north', 44),
	('2020-02-16 00:00:00+00', 'north', 46),
	('2020-02-18 00:00:00+00', 'north', 48),
	('2020-02-20 00:00:00+00', 'north', 50),
	('2020-02-22 00:00:00+00', 'north', 52),
	('2020-02-24 00:00:00+00', 'north', 54),
	('2020-02-26 00:00:00+00', 'north', 56),
	('2020-02-28 00:00:00+00', 'north', 58),
	('2020-03-01 00:00:00+00', 'north', 60);


--
-- Data for Name: levels_rest; Type: TABLE DATA; Schema: tides; Owner: -
--

INSERT INTO tides.levels_rest VALUES
	('2020-01-02 00:00:00+00', 'south', 1),
	('2020-01-04 00:00:00+00', 'south', 3),
	('2020-01-06 00:00:00+00', 'south', 5),
	('2020-01-08 00:00:00+00', 'south', 7),
	('2020-01-10 00:00:00+00', 'south', 9),
	('2020-01-12 00:00:00+00', 'south', 11),
	('2020-01-14 00:00:00+00', 'south', 13),
	('2020-01-16 00:00:00+00', 'south', 15),
	('2020-01-18 00:00:00+00', 'south', 17),
	('2020-01-20 00:00:00+00', 'south', 19),
	('2020-01-22 00:00:00+00', 'south', 21),
	('2020-01-24 00:00:00+00', 'south', 23),
	('2020-01-26 00:00:00+00', 'south', 25),
	('2020-01-28 00:00:00+00', 'south', 27),
	('2020-01-30 00:00:00+00', 'south', 29),
	('2020-02-01 00:00:00+00', 'south', 31),
	('2020-02-03 00:00:00+00', 'south', 33),
	('2020-02-05 00:00:00+00', 'south', 35),
	('2020-02-07 00:00:00+00', 'south', 37),
	('2020-02-09 00:00:00+00', 'south', 39);
INSERT INTO tides.levels_rest VALUES
	('2020-02-11 00:00:00+00', 'south', 41),
	('2020-02-13 00:00:00+00', 'south', 43),
	('2020-02-15 00:00:00+00', 'south', 45),
	('2020-02-17 00:00:00+00', 'south', 47),
	('2020-02-19 00:00:00+00', 'south', 49),
	('2020-02-21 00:00:00+00', 'south', 51),
	('2020-02-23 00:00:00+00', 'south', 53),
	('2020-02-25 00:00:00+00', 'south', 55),
	('2020-02-27 00:00:00+00', 'south', 57),
	('2020-02-29 00:00:00+00', 'south', 59);


--
-- Name: fleets_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.fleets_id_seq', 20, true);


--
-- Name: loose_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.loose_seq', 31, true);


--
-- Name: ships_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.ships_id_seq', 60, true);


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('16500', 131072);
SELECT pg_catalog.lowrite(0, '\x00ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c2700ff5c27');
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('16501', 131072);
SELECT pg_catalog.lowrite(0, '\x697427733b205c');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: fleets fleets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fleets
    ADD CONSTRAINT fleets_pkey PRIMARY KEY (id);


--
-- Name: ships ships_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ships
    ADD CONSTRAINT ships_name_key UNIQUE (name);


--
-- Name: ships ships_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ships
    ADD CONSTRAINT ships_pkey PRIMARY KEY (id);


--
-- Name: levels levels_pkey; Type: CONSTRAINT; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels
    ADD CONSTRAINT levels_pkey PRIMARY KEY (station, at);


--
-- Name: levels_n levels_n_pkey; Type: CONSTRAINT; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels_n
    ADD CONSTRAINT levels_n_pkey PRIMARY KEY (station, at);


--
-- Name: levels_n1 levels_n1_pkey; Type: CONSTRAINT; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels_n1
    ADD CONSTRAINT levels_n1_pkey PRIMARY KEY (station, at);


--
-- Name: levels_rest levels_rest_pkey; Type: CONSTRAINT; Schema: tides; Owner: -
--

ALTER TABLE ONLY tides.levels_rest
    ADD CONSTRAINT levels_rest_pkey PRIMARY KEY (station, at);


--
-- Name: counted_mood_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX counted_mood_idx ON public.counted USING btree (mood);


--
-- Name: ships_lower; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ships_lower ON public.ships USING btree (lower(name)) INCLUDE (mood) WHERE (name <> ';'::text);


--
-- Name: ships_trgm; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ships_trgm ON public.ships USING gin (name public.gin_trgm_ops);


--
-- Name: levels_at_idx; Type: INDEX; Schema: tides; Owner: -
--

CREATE INDEX levels_at_idx ON ONLY tides.levels USING btree (at);


--
-- Name: levels_n_at_idx; Type: INDEX; Schema: tides; Owner: -
--

CREATE INDEX levels_n_at_idx ON ONLY tides.levels_n USING btree (at);


--
-- Name: levels_n1_at_idx; Type: INDEX; Schema: tides; Owner: -
--

CREATE INDEX levels_n1_at_idx ON tides.levels_n1 USING btree (at);


--
-- Name: levels_rest_at_idx; Type: INDEX; Schema: tides; Owner: -
--

CREATE INDEX levels_rest_at_idx ON tides.levels_rest USING btree (at);


--
-- Name: levels_n1_at_idx; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_n_at_idx ATTACH PARTITION tides.levels_n1_at_idx;


--
-- Name: levels_n1_pkey; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_n_pkey ATTACH PARTITION tides.levels_n1_pkey;


--
-- Name: levels_n_at_idx; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_at_idx ATTACH PARTITION tides.levels_n_at_idx;


--
-- Name: levels_n_pkey; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_pkey ATTACH PARTITION tides.levels_n_pkey;


--
-- Name: levels_rest_at_idx; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_at_idx ATTACH PARTITION tides.levels_rest_at_idx;


--
-- Name: levels_rest_pkey; Type: INDEX ATTACH; Schema: tides; Owner: -
--

ALTER INDEX tides.levels_pkey ATTACH PARTITION tides.levels_rest_pkey;


--
-- Name: ship_stats; Type: STATISTICS; Schema: public; Owner: -
--

CREATE STATISTICS public.ship_stats (dependencies) ON name, mood FROM public.ships;


--
-- Name: calm calm_insert; Type: RULE; Schema: public; Owner: -
--

CREATE RULE calm_insert AS
    ON INSERT TO public.calm DO INSTEAD ( INSERT INTO public.scratch (a, b)
  VALUES (1, new.name);
 INSERT INTO public.scratch (a, b)
  VALUES (2, ';'::text);
);


--
-- Name: calm calm_notify; Type: RULE; Schema: public; Owner: -
--

CREATE RULE calm_notify AS
    ON DELETE TO public.calm DO
 NOTIFY ships;


--
-- Name: ships touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE UPDATE OF name ON public.ships FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name)) EXECUTE FUNCTION public.touch();


--
-- Name: fleets flagship; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fleets
    ADD CONSTRAINT flagship FOREIGN KEY (flagship) REFERENCES public.ships(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: ships fleet; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ships
    ADD CONSTRAINT fleet FOREIGN KEY (fleet_id) REFERENCES public.fleets(id);


--
-- Name: ships everyone; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY everyone ON public.ships AS RESTRICTIVE USING (true);


--
-- Name: ships own; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own ON public.ships FOR SELECT TO harbor_app USING (((name <> ';'::text) AND (name = CURRENT_USER)));


--
-- Name: ships; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ships ENABLE ROW LEVEL SECURITY;

--
-- Name: ships_pub; Type: PUBLICATION; Schema: -; Owner: -
--

CREATE PUBLICATION ships_pub WITH (publish = 'insert, update, delete, truncate');


--
-- Name: ships_pub ships; Type: PUBLICATION TABLE; Schema: public; Owner: -
--

ALTER PUBLICATION ships_pub ADD TABLE ONLY public.ships (id, name) WHERE ((name <> ';'::text));


--
-- Name: watch_ddl; Type: EVENT TRIGGER; Schema: -; Owner: -
--

CREATE EVENT TRIGGER watch_ddl ON ddl_command_end
         WHEN TAG IN ('CREATE TABLE')
   EXECUTE FUNCTION public.watch();

ALTER EVENT TRIGGER watch_ddl DISABLE;


--
-- Name: counted; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: -
--

REFRESH MATERIALIZED VIEW public.counted;


--
-- PostgreSQL database dump complete
--

\unrestrict k3YofThisDump

