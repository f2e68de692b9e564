#include "node/internal/policy_keeper.h"

#include "identity/identity.h"

namespace jingwei::node {
namespace {

/// Feed records looked through for changes; with more of them everybody is read anew without looking.
constexpr std::int64_t kRecordsLookedAtMax = 50'000;

}  // namespace

void PolicyKeeper::with_everybody(const std::function<void(policy::Everybody&)>& use) {
  auto reader = readers_.borrow();
  const std::lock_guard lock(mutex_);
  const std::string today = shanghai_date(clock_.now());
  {
    const store::Snapshot snapshot(*reader);
    const auto feed_seq = reader->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
    // The node itself reads, so that a list holds the same for every department that asks.
    if (has_changed(*reader, feed_seq, today))
      everybody_ = std::make_unique<policy::Everybody>(policy::read_everybody(book_, registry_, *reader, identity::node_operator(), today, feed_seq));
    looked_at_seq_ = std::max(looked_at_seq_, feed_seq);
  }
  use(*everybody_);
}

bool PolicyKeeper::has_changed(store::Connection& connection, std::int64_t feed_seq, const std::string& today) const {
  if (!everybody_ || everybody_->today != today || feed_seq - looked_at_seq_ > kRecordsLookedAtMax) return true;
  return connection.query_integer("SELECT COUNT(*) FROM feed WHERE seq > $1 AND kind = 'entry' AND (subject LIKE 'org|_%' ESCAPE '|' OR subject LIKE 'eny|_%' "
                                  "ESCAPE '|' OR subject LIKE 'cer|_%' ESCAPE '|')",
                                  {looked_at_seq_})
             .value_or(0) > 0;
}

}  // namespace jingwei::node
