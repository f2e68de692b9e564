-- Files that were handed in as proof; the bytes are kept on disk under their SHA-256.
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL
) {{clustered}};
CREATE INDEX attachments_of ON attachments (actor_id, at_us);
CREATE INDEX attachments_digest ON attachments (sha256);

-- Plans that somebody is in the middle of confirming. One row a draft, its latest version; gone when it is committed or thrown away.
CREATE TABLE plan_drafts (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  updated_us BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL
) {{clustered}};
CREATE INDEX plan_drafts_of ON plan_drafts (account_id, updated_us);
