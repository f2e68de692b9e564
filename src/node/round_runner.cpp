#include "node/internal/round_runner.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/bytes.h"

namespace jingwei::node {
namespace {

constexpr std::size_t kProgressEvery = 100;  ///< needs
constexpr std::size_t kExplainedAtOnce = 512;  ///< needs whose reasons are held before they are written

std::size_t threads() { return std::max(1U, std::thread::hardware_concurrency()); }

/// Calls work(i) for every number below `count`, on all cores. `work` does not throw.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto go_on = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min(threads(), count); ++i) others.emplace_back(go_on);
  go_on();
}

/// The owner's own splits into problems, by need.
std::map<std::string, std::vector<std::string>, std::less<>> splits(store::Connection& connection) {
  std::map<std::string, std::vector<std::string>, std::less<>> all;
  connection.query("SELECT need_id, body FROM need_problems WHERE edited <> 0", {},
                   [&](const store::Row& row) { all[row.string(0)] = from_json<std::vector<std::string>>(parse_json(row.text(1))); });
  return all;
}

std::string new_holder(io::Random& random) {
  std::array<std::uint8_t, 8> bytes{};
  random.fill(bytes.data(), bytes.size());
  return to_hex(bytes);
}

}  // namespace

struct RoundRunner::Input {
  std::vector<digest::AskedNeed> asked;
  std::vector<match::Need> needs;
  std::vector<std::vector<match::Found>> found;
  match::Options options;
};

RoundRunner::RoundRunner(const Services& services, std::optional<int> minute_of_day)
    : services_(services), minute_of_day_(minute_of_day), holder_(new_holder(services.random)), started_(services.clock.now()), thread_([this] { loop(); }) {}

RoundRunner::~RoundRunner() { stop(); }

void RoundRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

digest::Round RoundRunner::begin(digest::Cause cause) {
  const auto round = services_.writer.run([&](store::Transaction& tx) { return digest::Rounds::begin(tx, cause, holder_); });
  run_begun(round);
  return round;
}

void RoundRunner::run_begun(const digest::Round& round) {
  {
    const std::lock_guard lock(mutex_);
    begun_.push_back(round);
  }
  changed_.notify_all();
}

void RoundRunner::look() {
  if (!minute_of_day_ || stopping_) return;
  const Timestamp now = services_.clock.now();
  digest::Past past = digest::Rounds::past(*services_.readers.borrow(), now);
  past.node_started = started_;
  if (!digest::due(now, *minute_of_day_, past)) return;
  try {
    begin(digest::Cause::nightly);
  } catch (const Rejected& elsewhere) {
    spdlog::debug("no round here: {}", elsewhere.message().en);  // another replica was quicker
  }
}

digest::Round RoundRunner::ask() { return begin(digest::Cause::asked); }

digest::Round RoundRunner::wait(const std::string& id, int timeout_ms) {
  const auto now = [&] { return digest::Rounds::find(*services_.readers.borrow(), id).value(); };
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms));
  lock.unlock();
  return now();
}

void RoundRunner::loop() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return stopping_ || !begun_.empty(); });
    if (begun_.empty()) return;
    const digest::Round round = begun_.front();
    begun_.pop_front();
    lock.unlock();
    run(round);
    changed_.notify_all();
    lock.lock();
  }
}

void RoundRunner::run(const digest::Round& round) {
  const auto fail = [&](const Bilingual& why) {
    try {
      services_.writer.run([&](store::Transaction& tx) { digest::Rounds::fail(tx, round.id, holder_, why); });
    } catch (const std::exception& gone) {
      spdlog::warn("round {}: {}", round.id, gone.what());
    }
  };
  try {
    const Timestamp begun = services_.clock.now();
    services_.engine.merge_all();  // fewer parts to look through, now and all day
    Input input = read();
    match(round.id, input);
    const digest::Proposals proposals = choose(input);
    write(round.id, input, proposals);
    write_digests(round.id);
    digest::RoundFigures figures;
    std::vector<std::int64_t> plain, given;
    for (const auto& exposure : proposals.exposure) {
      plain.push_back(exposure.plain);
      given.push_back(exposure.given);
      figures.owners += exposure.given > 0;
    }
    figures.candidates = proposals.candidates;
    figures.share_of_best = proposals.share_of_best;
    figures.concentration_plain = digest::concentration(plain);
    figures.concentration = digest::concentration(given);
    figures.digests = services_.readers.borrow()->query_integer("SELECT COUNT(*) FROM digests WHERE round_id = $1", {round.id}).value_or(0);
    figures.seconds = static_cast<double>(services_.clock.now().us - begun.us) / static_cast<double>(kMicrosPerSecond);
    services_.writer.run([&](store::Transaction& tx) { digest::Rounds::finish(tx, round.id, holder_, figures); });
    while (services_.writer.run([](store::Transaction& tx) { return digest::Rounds::forget(tx); })) {
    }
    spdlog::info("round {}: {} needs, {} pairs in {:.1f} s", round.id, input.needs.size(), proposals.given.size(), figures.seconds);
  } catch (const Stopped&) {
    fail({"节点关闭，没有做完；上一次的结果不受影响", "The node stopped before its end; what the round before it found still holds"});
  } catch (const Rejected& refused) {
    fail(refused.message());
  } catch (const std::exception& broken) {
    spdlog::error("round {}: {}", round.id, broken.what());
    fail({"出了内部错误，详见日志；上一次的结果不受影响", "It failed, see the log of the node; what the round before it found still holds"});
  }
}

RoundRunner::Input RoundRunner::read() const {
  Input input;
  const Timestamp now = services_.clock.now();
  input.options.limit = digest::kFoundPerNeed;
  input.options.today = shanghai_date(now);
  input.options.now_us = now.us;
  auto reader = services_.readers.borrow();
  const store::Snapshot snapshot(*reader);
  auto split = splits(*reader);
  registry::EntryFilter published;
  published.register_id = "needs";
  published.state = registry::EntryState::published;
  services_.registry.each(*reader, identity::node_operator(), published, [&](const registry::Entry& entry) {
    if (input.needs.size() >= kRoundNeedsMax || (!entry.valid_to.empty() && entry.valid_to < input.options.today)) return;
    match::Need need = digest::need_of(entry);
    if (const auto own = split.find(entry.id); own != split.end()) need.problems = std::move(own->second);
    need.meaning = services_.meaning(need.title, need.text);
    input.asked.push_back({entry.id, entry.owner_id, need.budget_fen});
    input.needs.push_back(std::move(need));
  });
  return input;
}

void RoundRunner::match(const std::string& id, Input& input) {
  input.found.resize(input.needs.size());
  std::atomic<std::size_t> done = 0;
  std::atomic<bool> lost = false;
  const auto tell = [&](std::size_t needs_done) {
    const auto count = static_cast<std::int64_t>(input.needs.size());
    services_.writer.run([&](store::Transaction& tx) { digest::Rounds::advance(tx, id, holder_, count, static_cast<std::int64_t>(needs_done)); });
  };
  tell(0);
  services_.engine.match_all(input.needs, input.options, threads(), [&](std::size_t need, std::span<const match::Found> found) {
    if (stopping_) throw Stopped{};
    input.found[need].assign(found.begin(), found.end());
    if (const std::size_t now = ++done; now % kProgressEvery == 0) tell(now);
  });
  tell(input.needs.size());
}

digest::Proposals RoundRunner::choose(const Input& input) const {
  auto reader = services_.readers.borrow();
  const auto told = digest::Rounds::told_before(*reader);
  digest::SupplierBook book(*reader, services_.registry, services_.clock.now());
  book.read_all();
  return digest::propose(
      input.asked, input.found, [&](const match::Found& found) { return book.of(found.id, found.owner).value_or(match::Supplier{}); },
      [&](std::string_view need_id, std::string_view supply_id) { return told.contains(need_id, supply_id); });
}

template <class Rows, class Write>
void RoundRunner::in_commands(const Rows& rows, const Write& write) {
  const std::span all(rows);
  for (std::size_t begin = 0; begin < all.size(); begin += digest::kRowsPerCommand) {
    if (stopping_) throw Stopped{};
    const auto part = all.subspan(begin, std::min(digest::kRowsPerCommand, all.size() - begin));
    services_.writer.run([&](store::Transaction& tx) { write(tx, part); });
  }
}

void RoundRunner::write(const std::string& id, const Input& input, const digest::Proposals& proposals) {
  // Pairs of one need follow each other: their reasons are found together.
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < proposals.given.size(); ++i)
    if (i == 0 || proposals.given[i].need != proposals.given[i - 1].need) begins.push_back(i);
  begins.push_back(proposals.given.size());
  for (std::size_t first = 0; first + 1 < begins.size(); first += kExplainedAtOnce) {
    const std::size_t count = std::min(kExplainedAtOnce, begins.size() - 1 - first);
    std::vector<digest::PairRow> rows(begins[first + count] - begins[first]);
    in_parallel(count, [&](std::size_t n) {
      const std::span given = std::span(proposals.given).subspan(begins[first + n], begins[first + n + 1] - begins[first + n]);
      const auto& asked = input.asked[given[0].need];
      std::vector<std::string> ids;
      for (const auto& one : given) ids.push_back(one.supply);
      std::map<std::string, match::Item> items;
      for (auto& item : services_.engine.explain(input.needs[given[0].need], ids, input.options)) items.emplace(item.id, std::move(item));
      for (std::size_t i = 0; i < given.size(); ++i) {
        digest::PairRow& row = rows[begins[first + n] - begins[first] + i];
        match::Item& item = items[given[i].supply];
        row = {asked.id, given[i].supply, asked.owner, given[i].owner, given[i].worth, given[i].score, given[i].supplier, std::move(item.reasons), std::move(item.missing)};
      }
    });
    in_commands(rows, [&](store::Transaction& tx, std::span<const digest::PairRow> part) { digest::Rounds::add_pairs(tx, id, holder_, part); });
  }
  in_commands(proposals.exposure, [&](store::Transaction& tx, std::span<const digest::Exposure> part) { digest::Rounds::add_exposure(tx, id, holder_, part); });
}

void RoundRunner::write_digests(const std::string& id) {
  const auto rows = services_.digests.count(*services_.readers.borrow(), id);
  in_commands(rows, [&](store::Transaction& tx, std::span<const digest::DigestRow> part) { digest::Rounds::add_digests(tx, id, holder_, part); });
}

}  // namespace jingwei::node
