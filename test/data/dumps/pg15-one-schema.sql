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
-- Name: tides; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA tides;


SET default_tablespace = '';

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


SET default_table_access_method = heap;

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
-- Data for Name: levels_n1; Type: TABLE DATA; Schema: tides; Owner: -
--

COPY tides.levels_n1 (at, station, level) FROM stdin;
2020-01-03 00:00:00+00	north	2
2020-01-05 00:00:00+00	north	4
2020-01-07 00:00:00+00	north	6
2020-01-09 00:00:00+00	north	8
2020-01-11 00:00:00+00	north	10
2020-01-13 00:00:00+00	north	12
2020-01-15 00:00:00+00	north	14
2020-01-17 00:00:00+00	north	16
2020-01-19 00:00:00+00	north	18
2020-01-21 00:00:00+00	north	20
2020-01-23 00:00:00+00	north	22
2020-01-25 00:00:00+00	north	24
2020-01-27 00:00:00+00	north	26
2020-01-29 00:00:00+00	north	28
2020-01-31 00:00:00+00	north	30
2020-02-02 00:00:00+00	north	32
2020-02-04 00:00:00+00	north	34
2020-02-06 00:00:00+00	north	36
2020-02-08 00:00:00+00	north	38
2020-02-10 00:00:00+00	north	40
2020-02-12 00:00:00+00	north	42
2020-02-14 00:00:00+00	north	44
2020-02-16 00:00:00+00	north	46
2020-02-18 00:00:00+00	north	48
2020-02-20 00:00:00+00	north	50
2020-02-22 00:00:00+00	north	52
2020-02-24 00:00:00+00	north	54
2020-02-26 00:00:00+00	north	56
2020-02-28 00:00:00+00	north	58
2020-03-01 00:00:00+00	north	60
\.


--
-- Data for Name: levels_rest; Type: TABLE DATA; Schema: tides; Owner: -
--

COPY tides.levels_rest (at, station, level) FROM stdin;
2020-01-02 00:00:00+00	south	1
2020-01-04 00:00:00+00	south	3
2020-01-06 00:00:00+00	south	5
2020-01-08 00:00:00+00	south	7
2020-01-10 00:00:00+00	south	9
2020-01-12 00:00:00+00	south	11
2020-01-14 00:00:00+00	south	13
2020-01-16 00:00:00+00	south	15
2020-01-18 00:00:00+00	south	17
2020-01-20 00:00:00+00	south	19
2020-01-22 00:00:00+00	south	21
2020-01-24 00:00:00+00	south	23
2020-01-26 00:00:00+00	south	25
2020-01-28 00:00:00+00	south	27
2020-01-30 00:00:00+00	south	29
2020-02-01 00:00:00+00	south	31
2020-02-03 00:00:00+00	south	33
2020-02-05 00:00:00+00	south	35
2020-02-07 00:00:00+00	south	37
2020-02-09 00:00:00+00	south	39
2020-02-11 00:00:00+00	south	41
2020-02-13 00:00:00+00	south	43
2020-02-15 00:00:00+00	south	45
2020-02-17 00:00:00+00	south	47
2020-02-19 00:00:00+00	south	49
2020-02-21 00:00:00+00	south	51
2020-02-23 00:00:00+00	south	53
2020-02-25 00:00:00+00	south	55
2020-02-27 00:00:00+00	south	57
2020-02-29 00:00:00+00	south	59
\.


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
-- PostgreSQL database dump complete
--

\unrestrict k3YofThisDump

