-- What steers the region: units, plans, indicators, their observations, tasks, reviews. One row a thing, its content as JSON in body;
-- key_text names it within its kind (an indicator by its code, an observation by its indicator and period).
CREATE TABLE steering_items (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  key_text TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_us BIGINT NOT NULL,
  updated_us BIGINT NOT NULL,
  body TEXT NOT NULL
) {{clustered}};
CREATE UNIQUE INDEX steering_items_key ON steering_items (kind, key_text);
CREATE INDEX steering_items_parent ON steering_items (parent_id, kind);

-- Every version, so that any day's state can be read again.
CREATE TABLE steering_versions (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  act TEXT NOT NULL,
  note TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) {{clustered}};
CREATE INDEX steering_versions_kind ON steering_versions (kind, at_us);
