-- Entitlement lists that a department kept: who may claim a policy on a day, and who of them was on no list before.
CREATE TABLE policy_lists (
  id TEXT PRIMARY KEY,
  policy TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  day TEXT NOT NULL,
  made_us BIGINT NOT NULL,
  actor_id TEXT NOT NULL,
  members BIGINT NOT NULL,
  new_members BIGINT NOT NULL,
  amount_fen BIGINT NOT NULL
) {{clustered}};
CREATE INDEX policy_lists_of ON policy_lists (policy, made_us);

-- amount_fen -1: not known
CREATE TABLE policy_list_members (
  list_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  amount_fen BIGINT NOT NULL,
  is_new BIGINT NOT NULL,
  PRIMARY KEY (list_id, organization_id)
) {{clustered}};
CREATE INDEX policy_list_members_of ON policy_list_members (organization_id);
