--
-- PostgreSQL database dump
--

-- Dumped from database version 12.22
-- Dumped by pg_dump version 12.22

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
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;


--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS 'standard public schema';


--
-- Name: plpgsql; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;


--
-- Name: EXTENSION plpgsql; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';


SET default_tablespace = '';

SET default_table_access_method = heap;

SET default_with_oids = false;

--
-- Name: berths; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.berths (
    id integer NOT NULL,
    name character varying(40) DEFAULT 'none;'::character varying NOT NULL
);


--
-- Name: berths_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.berths_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


ALTER SEQUENCE public.berths_id_seq OWNED BY public.berths.id;


ALTER TABLE ONLY public.berths ALTER COLUMN id SET DEFAULT nextval('public.berths_id_seq'::regclass);


--
-- Name: 24601; Type: BLOB; Schema: -; Owner: -
--

SELECT pg_catalog.lo_create('24601');


--
-- Data for Name: berths; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.berths (id, name) FROM stdin;
1	north\tof "it;"
2	\\.
\.


SELECT pg_catalog.setval('public.berths_id_seq', 2, true);


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('24601', 131072);
SELECT pg_catalog.lowrite(0, '\x48617262c3b672');
SELECT pg_catalog.lo_close(0);

COMMIT;


ALTER TABLE ONLY public.berths
    ADD CONSTRAINT berths_pkey PRIMARY KEY (id);


--
-- PostgreSQL database dump complete
--

