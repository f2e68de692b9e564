// Checks a whole log as a stranger would: nothing is believed but the entries and the key; every hash is computed anew.
#include <algorithm>

#include <fmt/format.h>

#include "tlog/internal/reading.h"
#include "tlog/internal/tile_builder.h"

namespace jingwei::tlog {
namespace {

class Check {
 public:
  Check(LogReader& reader, LogReport& report, const std::function<void(std::uint64_t, ByteView)>& each)
      : reader_(reader), report_(report), each_(each) {}

  void run() {
    const std::uint64_t size = report_.checkpoint.size;
    while (builder_.size() < size) {
      if (!take_entries_tile()) return;  // without its entries no hash that follows can be computed
      compare(builder_.completed());
      builder_.forget_completed();
    }
    compare(builder_.partial_tiles(0));
    if (builder_.root() != report_.checkpoint.root) {
      problem("条目算出的根哈希与检查点不符", "the entries do not give the checkpoint's root");
    }
  }

 private:
  void problem(std::string zh, std::string en) {
    if (report_.problems.size() < kReportProblemsMax) report_.problems.push_back({std::move(zh), std::move(en)});
  }

  bool take_entries_tile() {
    const std::uint64_t left = report_.checkpoint.size - builder_.size();
    const TilePath path{true, 0, builder_.size() / kTileWidth, std::min(left, kTileWidth)};
    const std::string name = format_tile_path(path);
    std::vector<Bytes> entries;
    try {
      const auto content = read_tile_file(reader_, path);
      if (!content) {
        problem(fmt::format("{} 缺失", name), fmt::format("{} is missing", name));
        return false;
      }
      entries = parse_entries_tile(*content);
    } catch (const Rejected& rejected) {
      problem(fmt::format("{}：{}", name, rejected.message().zh), fmt::format("{}: {}", name, rejected.message().en));
      return false;
    }
    if (entries.size() != path.width) {
      problem(fmt::format("{} 的条数不对", name), fmt::format("{} has the wrong number of entries", name));
      return false;
    }
    for (const Bytes& entry : entries) {
      if (each_) each_(builder_.size(), entry);
      builder_.add(entry);
    }
    report_.entries = builder_.size();
    return true;
  }

  void compare(const std::vector<TileFile>& tiles) {
    for (const TileFile& tile : tiles) {
      ++report_.tiles;
      if (tile.path.entries) continue;  // the entries were read from it
      const std::string name = format_tile_path(tile.path);
      const auto content = read_tile_file(reader_, tile.path);
      if (!content) {
        problem(fmt::format("{} 缺失", name), fmt::format("{} is missing", name));
      } else if (*content != tile.content) {
        problem(fmt::format("{} 与条目不符", name), fmt::format("{} does not match the entries", name));
      }
    }
  }

  LogReader& reader_;
  LogReport& report_;
  const std::function<void(std::uint64_t, ByteView)>& each_;
  TileBuilder builder_;
};

}  // namespace

LogReport verify_log(LogReader& reader, const VerifierKey& log, const std::function<void(std::uint64_t, ByteView)>& each) {
  LogReport report;
  const auto checkpoint = reader.read("checkpoint");
  if (!checkpoint) {
    report.problems.push_back({"检查点缺失", "the checkpoint is missing"});
    return report;
  }
  try {
    report.checkpoint = open_checkpoint(*checkpoint, log);
  } catch (const Rejected& rejected) {
    report.problems.push_back(rejected.message());
    return report;
  }
  Check(reader, report, each).run();
  return report;
}

}  // namespace jingwei::tlog
