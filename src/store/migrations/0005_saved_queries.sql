-- Queries that analysts keep: the latest version, and every version there was. A removed one keeps its versions.
CREATE TABLE saved_queries (
  id TEXT PRIMARY KEY,
  version BIGINT NOT NULL,
  owner_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  updated_us BIGINT NOT NULL,
  removed BIGINT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL
) {{clustered}};
CREATE INDEX saved_queries_list ON saved_queries (removed, updated_us, id);
CREATE INDEX saved_queries_owner ON saved_queries (organization_id, owner_id);

CREATE TABLE saved_query_versions (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  act TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) {{clustered}};
