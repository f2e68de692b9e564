#include "node/internal/figure_keeper.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "api/figures.h"

namespace jingwei::node {
namespace {

using steering::Computable;
using steering::FigureTrouble;

constexpr int kLookMs = 300;                    ///< how long one wait for the read model is
constexpr int kPauseMs = 150;                   ///< no change for so long: a burst is over
constexpr int kPauseMsMost = 2'000;             ///< a burst that does not end is not waited for any longer
constexpr int kRestShare = 4;                   ///< times as long as a round took
constexpr int kRestMsLeast = 200;
constexpr int kAgainMs = 5'000;                 ///< after a failure that is not the SQL's
constexpr std::size_t kFiguresPerCommand = 100;
constexpr std::size_t kRecordsLookedAtMax = 10'000;  ///< with more of them a round begins without looking

/// What is wrong and what to do, on one line.
Bilingual in_words(const Rejected& refused) {
  Bilingual words = refused.message();
  if (refused.problems().empty()) return words;
  words.zh += "；" + refused.problems()[0].remedy.zh;
  words.en += "; " + refused.problems()[0].remedy.en;
  return words;
}

bool is_own(const store::FeedRecord& record) { return record.kind == "figure" || record.kind == "origin" || record.kind == "trouble"; }

}  // namespace

void FigureKeeper::start() { thread_ = std::thread([this] { loop(); }); }

void FigureKeeper::stop() {
  stopping_ = true;
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void FigureKeeper::rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [&] { return stopping_.load(); });
}

FigureKeeper::Round FigureKeeper::compute(Periods which) {
  Round round;
  auto reader = services_.readers.borrow();
  auto computables = steering::Steering::computables(*reader, shanghai_date(services_.clock.now()));
  std::ranges::stable_partition(computables, [&](const Computable& one) { return !failing_.contains(one.indicator_id); });
  Kept kept;
  for (const auto& one : computables) {
    if (which == Periods::ended && (of_present_.contains(one.indicator_id) || fails_in(one.indicator_id, Periods::running))) continue;
    try {
      for (const auto& span : one.periods) {
        if (span.running != (which == Periods::running)) continue;
        if (stopping_) throw Rejected(Code::unavailable, {"节点关闭", "The node stops"});
        auto result = api::compute_figure(services_.model, one.query, one.is_public, span, services_.clock.now());
        result.figure.indicator_id = one.indicator_id;
        result.figure.definition = one.definition;
        ++round.asked;
        if (result.figure.by_days) of_present_.erase(one.indicator_id);
        else of_present_.insert(one.indicator_id);
        if (steering::Steering::would_change(*reader, result)) kept.results.push_back(std::move(result));
        if (kept.results.size() >= kFiguresPerCommand) round.written += keep(kept);
      }
      // What fails for ended periods is not mended by a running one.
      if (failing_.contains(one.indicator_id) && !fails_in(one.indicator_id, which)) continue;
      failing_.erase(one.indicator_id);
      note(*reader, {one.indicator_id, std::nullopt, ""}, kept);
    } catch (const Rejected& refused) {
      if (refused.code() == Code::unavailable) {
        round.whole = false;
        break;
      }
      failing_[one.indicator_id] = which;
      ++round.failed;
      note(*reader, {one.indicator_id, in_words(refused), ""}, kept);
    }
  }
  round.written += keep(kept);
  return round;
}

bool FigureKeeper::fails_in(const std::string& indicator_id, Periods which) const {
  const auto found = failing_.find(indicator_id);
  return found != failing_.end() && found->second == which;
}

void FigureKeeper::note(store::Connection& reader, FigureTrouble trouble, Kept& kept) const {
  if (steering::Steering::would_change(reader, trouble)) kept.troubles.push_back(std::move(trouble));
}

std::size_t FigureKeeper::keep(Kept& kept) const {
  if (kept.results.empty() && kept.troubles.empty()) return 0;
  const auto written = services_.writer.run([&](store::Transaction& tx) { return services_.steering.keep_figures(tx, kept.results, kept.troubles); });
  kept = {};
  return written;
}

bool FigureKeeper::concerns(std::int64_t applied) {
  const auto records = store::read_feed(*services_.readers.borrow(), seen_, kRecordsLookedAtMax);
  if (records.size() == kRecordsLookedAtMax) return true;
  return std::ranges::any_of(records, [&](const store::FeedRecord& record) { return record.seq <= applied && !is_own(record); });
}

bool FigureKeeper::has_reason() {
  const bool moved = services_.model.wait_applied(seen_ + 1, kLookMs);
  if (services_.model.state() != analytics::ReadModelState::ready) {
    rest(std::chrono::milliseconds(kLookMs));
    return false;
  }
  const auto applied = services_.model.applied_seq();
  const bool changed = seen_ < 0 || day_ != shanghai_date(services_.clock.now()) || (moved && concerns(applied));
  if (changed) running_waits_ = ended_waits_ = true;
  else seen_ = applied;
  return running_waits_ || (ended_waits_ && Clock::now() >= ended_from_);
}

/// Until changes pause for a moment; a burst that does not end is not waited for for ever.
std::int64_t FigureKeeper::settled() {
  const auto begun = Clock::now();
  auto applied = services_.model.applied_seq();
  const auto patient = [&] { return !stopping_ && Clock::now() - begun < std::chrono::milliseconds(kPauseMsMost); };
  while (patient() && services_.model.wait_applied(applied + 1, kPauseMs)) applied = services_.model.applied_seq();
  return applied;
}

void FigureKeeper::look() {
  const auto begun = Clock::now();
  if (running_waits_) {
    const auto applied = settled();
    const auto day = shanghai_date(services_.clock.now());
    if (!compute(Periods::running).whole) return;
    seen_ = applied;
    day_ = day;
    running_waits_ = false;
  }
  if (ended_waits_ && Clock::now() >= ended_from_) {
    const auto ended_begun = Clock::now();
    if (compute(Periods::ended).whole) ended_waits_ = false;
    ended_from_ = Clock::now() + kRestShare * (Clock::now() - ended_begun);
  }
  rest(std::max(std::chrono::milliseconds(kRestMsLeast), std::chrono::duration_cast<std::chrono::milliseconds>(kRestShare * (Clock::now() - begun))));
}

void FigureKeeper::loop() {
  while (!stopping_) {
    try {
      if (has_reason()) look();
    } catch (const std::exception& failed) {
      // A full disk, a database that is away: what was not written is written in a later round.
      if (!stopping_) spdlog::warn("figures: {}", failed.what());
      rest(std::chrono::milliseconds(kAgainMs));
    }
  }
}

}  // namespace jingwei::node
