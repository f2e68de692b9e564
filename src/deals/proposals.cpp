// How a language model would split a need: kept for the text it was asked about, offered to the owner, who accepts it by setting the
// problems or dismisses it.
#include "base/check.h"
#include "deals/deals.h"
#include "deals/internal/words.h"

namespace jingwei::deals {
namespace {

struct Body {
  std::vector<std::string> problems;
  std::optional<Bilingual> reason;
};
BOOST_DESCRIBE_STRUCT(Body, (), (problems, reason))

Rejected no_proposal() { return Rejected(Code::not_found, {"没有等您决定的拆分建议", "No proposed split waits for your decision"}); }

}  // namespace

std::optional<SplitProposal> Deals::proposal(store::Connection& connection, std::string_view need_id) {
  std::optional<SplitProposal> found;
  connection.query("SELECT text_digest, model, made_us, state, body FROM split_proposals WHERE need_id = $1", {need_id}, [&](const store::Row& row) {
    auto body = from_json<Body>(parse_json(row.text(4)));
    const auto state = enum_from_name<ProposalState>(row.text(3));
    CHECK(state);
    found = {std::string(need_id), row.string(0), row.string(1), to_rfc3339({row.integer(2)}), *state, std::move(body.problems), std::move(body.reason)};
  });
  return found;
}

void Deals::keep_proposal(store::Transaction& tx, const SplitProposal& proposal) const {
  // A need may have been withdrawn and its row removed since the model was asked.
  if (!registry::Registry::find(tx, proposal.need_id)) return;
  const std::string body = json::serialize(to_json(Body{proposal.problems, proposal.reason}));
  tx.execute(
      "INSERT INTO split_proposals (need_id, text_digest, model, made_us, state, body) VALUES ($1, $2, $3, $4, $5, $6) "
      "ON CONFLICT (need_id) DO UPDATE SET text_digest = excluded.text_digest, model = excluded.model, made_us = excluded.made_us, "
      "state = excluded.state, body = excluded.body",
      {proposal.need_id, proposal.text_digest, proposal.model, tx.now().us, enum_name(proposal.state), body});
  tx.append_feed("split_proposal", enum_name(proposal.state), proposal.need_id, 1);
}

void Deals::dismiss_proposal(store::Transaction& tx, const identity::Actor& actor, std::string_view need_id) const {
  require_editable_need(tx, actor, need_id);
  const auto proposal = Deals::proposal(tx.reader(), need_id);
  if (!proposal || proposal->state != ProposalState::offered) throw no_proposal();
  // From here on it must succeed.
  tx.execute("UPDATE split_proposals SET state = $1 WHERE need_id = $2", {enum_name(ProposalState::dismissed), need_id});
  tx.append_feed("split_proposal", "dismissed", need_id, 1);
}

}  // namespace jingwei::deals
