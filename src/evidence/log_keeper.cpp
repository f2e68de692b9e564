// Keeps the log behind the database: leaves are committed with their acts, then copied into tiles, then covered by a
// checkpoint. The database decides the order; the log only repeats it, so that it can neither fork nor step back.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "evidence/evidence.h"
#include "io/file.h"

namespace jingwei::evidence {
namespace {

constexpr std::int64_t kLeavesPerRoundMax = 8192;

std::int64_t leaves_in(store::Connection& connection) { return connection.query_integer("SELECT leaf_count FROM heads WHERE id = 1").value_or(0); }

}  // namespace

LogKeeper::LogKeeper(const store::Database& database, store::FeedSignal& signal, tlog::TileLog& log, io::Clock& clock) : log_(log), clock_(clock) {
  const auto connection = database.connect();
  const auto leaves = static_cast<std::uint64_t>(leaves_in(*connection));
  if (leaves < log_.size())
    throw Rejected(Code::invalid,
                   {"存证日志有 " + std::to_string(log_.size()) + " 片叶，数据库只有 " + std::to_string(leaves) +
                        " 片：数据库被退回到了旧状态。已发布的日志不能回退；请用更新的备份恢复，或换一个新的节点名和日志",
                    "The log holds " + std::to_string(log_.size()) + " leaves and the database only " + std::to_string(leaves) +
                        ": the database was set back. A published log cannot step back; restore a newer backup, or start a new log under a new node name"});
  std::int64_t feed_seq = connection->query_integer("SELECT feed_seq FROM heads WHERE id = 1").value_or(0);
  try {
    catch_up(*connection);
  } catch (const io::FileError& failed) {
    if (!failed.disk_full()) throw;
    // Reading must go on when the disk is full. The follower begins one record early, so that it tries until there is room.
    spdlog::error("evidence log: {}", failed.what());
    feed_seq = std::max<std::int64_t>(feed_seq - 1, 0);
  }
  follower_ = std::make_unique<store::FeedFollower>(database, signal, "evidence log", feed_seq,
                                                    [this](store::Connection& reader, std::span<const store::FeedRecord>) { catch_up(reader); });
}

void LogKeeper::catch_up(store::Connection& connection) {
  while (true) {
    std::vector<Bytes> leaves;
    const auto have = static_cast<std::int64_t>(log_.size() + log_.pending());
    connection.query("SELECT cose FROM statements WHERE leaf >= $1 ORDER BY leaf LIMIT $2", {have, kLeavesPerRoundMax}, [&](const store::Row& row) {
      const ByteView bytes = row.bytes(0);
      leaves.emplace_back(bytes.begin(), bytes.end());
    });
    if (!leaves.empty()) log_.append(leaves);
    log_.publish(clock_.now());
    if (static_cast<std::int64_t>(leaves.size()) < kLeavesPerRoundMax) return;
  }
}

bool LogKeeper::wait_published(std::int64_t index, int timeout_ms) const {
  const auto covered = [&] { return log_.size() > static_cast<std::uint64_t>(index); };
  for (int waited_ms = 0; !covered() && waited_ms < timeout_ms; waited_ms += 5) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return covered();
}

}  // namespace jingwei::evidence
