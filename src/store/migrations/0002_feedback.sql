-- What the owner of a need thinks of a supply: the latest mark, and every mark there was.
CREATE TABLE feedback (
  id TEXT PRIMARY KEY,
  need_id TEXT NOT NULL,
  supply_id TEXT NOT NULL,
  version BIGINT NOT NULL,
  updated_us BIGINT NOT NULL,
  mark TEXT NOT NULL,
  reason TEXT NOT NULL,
  body TEXT NOT NULL
) {{clustered}};
CREATE UNIQUE INDEX feedback_pair ON feedback (need_id, supply_id);
CREATE INDEX feedback_supply ON feedback (supply_id);
CREATE INDEX feedback_list ON feedback (updated_us, id);

CREATE TABLE feedback_versions (
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  at_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) {{clustered}};
