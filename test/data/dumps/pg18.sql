--
-- PostgreSQL database dump
--

\restrict f0nQq5cYbUq7hUe1

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: voyages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.voyages (
    id integer CONSTRAINT voyage_has_id NOT NULL,
    miles numeric,
    kilometres numeric GENERATED ALWAYS AS ((miles * 1.852)),
    during tstzrange NOT NULL
);


COPY public.voyages (id, miles, during) FROM stdin;
1	10	["2026-01-01 00:00:00+00","2026-01-02 00:00:00+00")
2	\N	["2026-01-02 00:00:00+00","2026-01-03 00:00:00+00")
\.


--
-- Statistics for Name: voyages; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180001'::integer,
	'schemaname', 'public',
	'relname', 'voyages',
	'relpages', '1'::integer,
	'reltuples', '2'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


ALTER TABLE ONLY public.voyages
    ADD CONSTRAINT voyages_pkey PRIMARY KEY (id);


ALTER TABLE public.voyages
    ADD CONSTRAINT voyage_is_short CHECK ((miles < (100000)::numeric)) NOT VALID;


--
-- PostgreSQL database dump complete
--

\unrestrict f0nQq5cYbUq7hUe1

