-- The first schema. The same text runs on SQLite and PostgreSQL; {{sequence_key}} is the one spelling they do not share
-- (INTEGER PRIMARY KEY is SQLite's row id, BIGINT PRIMARY KEY is PostgreSQL's 64-bit key), {{clustered}} is SQLite's WITHOUT ROWID.

-- Last numbers given out; one row, changed once per commit.
CREATE TABLE heads (
  id BIGINT PRIMARY KEY,
  feed_seq BIGINT NOT NULL,
  leaf_count BIGINT NOT NULL
);
INSERT INTO heads (id, feed_seq, leaf_count) VALUES (1, 0, 0);

-- Facts about this database: node key, region.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Every committed change in order. Content lives in the versioned tables; a record points at (subject, version).
CREATE TABLE feed (
  seq {{sequence_key}},
  at_us BIGINT NOT NULL,
  kind TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  version BIGINT NOT NULL
);

CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  register TEXT NOT NULL,
  key_text TEXT NOT NULL,
  state TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  region TEXT NOT NULL,
  segment TEXT NOT NULL,
  title TEXT NOT NULL,
  audience TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_us BIGINT NOT NULL,
  updated_us BIGINT NOT NULL,
  published_us BIGINT NOT NULL
) {{clustered}};
CREATE UNIQUE INDEX entries_key ON entries (register, key_text);
CREATE INDEX entries_list ON entries (register, state, updated_us, id);
CREATE INDEX entries_owner ON entries (owner_id, register);
CREATE INDEX entries_expiry ON entries (valid_to) WHERE state = 'published' AND valid_to <> '';

-- Every version of every entry; the current one is entries.version.
CREATE TABLE entry_versions (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  act TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) {{clustered}};

CREATE TABLE need_problems (
  need_id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  edited BIGINT NOT NULL,
  body TEXT NOT NULL
);

-- Who may see a need that is only for invited parties.
CREATE TABLE need_guests (
  need_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  PRIMARY KEY (need_id, organization_id)
);

CREATE TABLE deals (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  need_id TEXT NOT NULL,
  supply_id TEXT NOT NULL,
  buyer_id TEXT NOT NULL,
  seller_id TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  updated_us BIGINT NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX deals_buyer ON deals (buyer_id, updated_us);
CREATE INDEX deals_seller ON deals (seller_id, updated_us);
CREATE INDEX deals_need ON deals (need_id);

CREATE TABLE deal_events (
  deal_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  side TEXT NOT NULL,
  act TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (deal_id, number)
) {{clustered}};

-- Leaves of the evidence log in order. cose is the leaf, byte for byte.
CREATE TABLE statements (
  leaf {{sequence_key}},
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  cose BYTEA NOT NULL,
  public_text TEXT NOT NULL,
  salt BYTEA NOT NULL
);
CREATE UNIQUE INDEX statements_id ON statements (id);
CREATE INDEX statements_subject ON statements (subject);

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  roles TEXT NOT NULL,
  language TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_us BIGINT NOT NULL
);
CREATE UNIQUE INDEX accounts_login ON accounts (login);

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  seen_us BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);

CREATE TABLE sign_in_links (
  token_hash TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  expires_us BIGINT NOT NULL,
  used_us BIGINT NOT NULL
);

CREATE TABLE api_tokens (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  expires_us BIGINT NOT NULL,
  revoked_us BIGINT NOT NULL
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (token_hash);
CREATE INDEX api_tokens_account ON api_tokens (account_id);

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  register TEXT NOT NULL,
  account_id TEXT NOT NULL,
  state TEXT NOT NULL,
  created_us BIGINT NOT NULL,
  done_rows BIGINT NOT NULL,
  body TEXT NOT NULL
);
-- The files, apart from the rows that change while they are written: an update would read all of a file again.
CREATE TABLE import_files (
  import_id TEXT PRIMARY KEY,
  content BYTEA NOT NULL
);
CREATE INDEX imports_account ON imports (account_id, created_us);

-- Answers already given, so that a repeated POST does not act twice; kept 30 days.
CREATE TABLE idempotency_keys (
  actor_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  status BIGINT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (actor_id, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at_us);
