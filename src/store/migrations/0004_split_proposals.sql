-- How a language model would split a need into problems: offered to its owner, who decides. Not a read model: asked again, a model
-- may say something else, and that the owner dismissed it is nowhere else.
CREATE TABLE split_proposals (
  need_id TEXT PRIMARY KEY,
  text_digest TEXT NOT NULL,
  model TEXT NOT NULL,
  made_us BIGINT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL
);
