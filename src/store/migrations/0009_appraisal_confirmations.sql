-- Results of appraisals as people confirmed them: a row a version, never changed. `body` holds scheme and result whole.
CREATE TABLE appraisal_confirmations (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  scheme TEXT NOT NULL,
  year BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  feed_seq BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) {{clustered}};
CREATE UNIQUE INDEX appraisal_confirmations_of ON appraisal_confirmations (scheme, year, version);
