-- Rounds that pair all needs with all supplies, usually one a night, and what each side is told of them. What a round writes counts once
-- the round is done; until then the round before it stands.
CREATE TABLE rounds (
  id TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  cause TEXT NOT NULL,
  state TEXT NOT NULL,
  holder TEXT NOT NULL,
  started_us BIGINT NOT NULL,
  seen_us BIGINT NOT NULL,
  ended_us BIGINT NOT NULL,
  needs BIGINT NOT NULL,
  needs_done BIGINT NOT NULL,
  pairs BIGINT NOT NULL,
  body TEXT NOT NULL
) {{clustered}};
CREATE INDEX rounds_list ON rounds (started_us, id);

CREATE TABLE round_pairs (
  round_id TEXT NOT NULL,
  need_id TEXT NOT NULL,
  supply_id TEXT NOT NULL,
  need_owner_id TEXT NOT NULL,
  supply_owner_id TEXT NOT NULL,
  worth_ppm BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (round_id, need_id, supply_id)
) {{clustered}};
CREATE INDEX round_pairs_needs ON round_pairs (round_id, need_owner_id);
CREATE INDEX round_pairs_supplies ON round_pairs (round_id, supply_owner_id);

-- How often supplies of an owner were found, would have been shown by the need's view alone, and were given.
CREATE TABLE round_exposure (
  round_id TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  found BIGINT NOT NULL,
  plain BIGINT NOT NULL,
  given BIGINT NOT NULL,
  PRIMARY KEY (round_id, owner_id)
) {{clustered}};

CREATE TABLE digests (
  id TEXT PRIMARY KEY,
  round_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  needs BIGINT NOT NULL,
  supplies BIGINT NOT NULL,
  wanted BIGINT NOT NULL
) {{clustered}};
CREATE UNIQUE INDEX digests_round ON digests (round_id, organization_id);
CREATE INDEX digests_list ON digests (organization_id, at_us, id);

CREATE TABLE digest_reads (
  digest_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  at_us BIGINT NOT NULL,
  PRIMARY KEY (digest_id, account_id)
) {{clustered}};
