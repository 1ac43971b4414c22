/** A schema of so many tables, in parts that can be a dump or migrations. */
export interface GeneratedSchema {
  /** In an order in which they can run one by one. */
  readonly statements: readonly string[];
}

const settings = `SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET client_min_messages = warning;
SET row_security = off;
`;

/** Tables as applications have them: ten columns, a sequence, a key, two indexes and two foreign keys each. */
export function generateSchema(tables: number): GeneratedSchema {
  const numbers = Array.from({ length: tables }, (_, number) => number);
  return {
    statements: [
      ...numbers.flatMap(createTable),
      ...numbers.map(
        (number) => `ALTER TABLE ONLY public.t${number} ADD CONSTRAINT t${number}_pkey PRIMARY KEY (id);`,
      ),
      ...numbers.flatMap(createIndexes),
      ...numbers.flatMap((number) => addForeignKeys(number, tables)),
    ],
  };
}

/** As pg_dump writes it: the statements with comments between them. */
export const dumpOf = ({ statements }: GeneratedSchema): string =>
  [
    settings,
    ...statements.map(
      (statement) => `--\n-- ${statement.slice(0, 60).split('\n')[0]}\n--\n\n${statement}\n\n`,
    ),
  ].join('\n');

/** So many files of about as many statements each. */
export function migrationsOf({ statements }: GeneratedSchema, count: number): string[] {
  const cut = (index: number) => Math.round((index * statements.length) / count);
  return Array.from(
    { length: count },
    (_, index) => `${statements.slice(cut(index), cut(index + 1)).join('\n')}\n`,
  );
}

/** A table, and so many rows of about 100 bytes for it. */
export function* generateData(rows: number): Generator<string> {
  yield `${settings}\nCREATE TABLE public.readings (id bigint NOT NULL, station integer, at timestamp with time zone, level numeric, note text);\n\n`;
  yield 'COPY public.readings (id, station, at, level, note) FROM stdin;\n';
  const perPart = 10_000;
  for (let from = 0; from < rows; from += perPart) {
    yield Array.from({ length: Math.min(perPart, rows - from) }, (_, index) => row(from + index)).join('');
  }
  yield '\\.\n\nALTER TABLE ONLY public.readings ADD CONSTRAINT readings_pkey PRIMARY KEY (id);\n';
}

const row = (id: number): string =>
  `${id}\t${id % 97}\t2026-01-01 00:00:${String(id % 60).padStart(2, '0')}+00\t${(id % 1000) / 10}\tthe water rises at the mole, and falls again ${id % 13}\n`;

const createTable = (number: number): string[] => [
  `CREATE TABLE public.t${number} (
    id bigint NOT NULL,
    name character varying(255) DEFAULT ''::character varying NOT NULL,
    slug text NOT NULL,
    state integer DEFAULT 0 NOT NULL,
    parent_id bigint,
    owner_id bigint,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    amount numeric(12,2),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone,
    CONSTRAINT t${number}_state CHECK (((state >= 0) AND (state < 10)))
);`,
  `CREATE SEQUENCE public.t${number}_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;`,
  `ALTER SEQUENCE public.t${number}_id_seq OWNED BY public.t${number}.id;`,
  `ALTER TABLE ONLY public.t${number} ALTER COLUMN id SET DEFAULT nextval('public.t${number}_id_seq'::regclass);`,
];

const createIndexes = (number: number): string[] => [
  `CREATE UNIQUE INDEX t${number}_slug ON public.t${number} USING btree (slug);`,
  `CREATE INDEX t${number}_parent ON public.t${number} USING btree (parent_id, created_at DESC) WHERE (state = 1);`,
];

const addForeignKeys = (number: number, tables: number): string[] => [
  `ALTER TABLE ONLY public.t${number} ADD CONSTRAINT t${number}_parent FOREIGN KEY (parent_id) REFERENCES public.t${(number * 7 + 1) % tables}(id);`,
  `ALTER TABLE ONLY public.t${number} ADD CONSTRAINT t${number}_owner FOREIGN KEY (owner_id) REFERENCES public.t${(number * 3 + 2) % tables}(id) ON DELETE CASCADE;`,
];
