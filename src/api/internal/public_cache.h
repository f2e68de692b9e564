// Answers to anonymous readers, kept while nothing changes. An answer belongs to the feed's last number at the time it was made;
// the next commit, of whatever kind, makes it stale. So a kept answer is never older than what the database says here, and a
// replica sees another's commits as soon as its followers do.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/message.h"

namespace jingwei::api {

class PublicCache {
 public:
  explicit PublicCache(std::function<std::int64_t()> feed_seq) : feed_seq_(std::move(feed_seq)) {}

  /// The kept answer for this target, or what `make` gives, which is kept.
  http::Response get(std::string_view target, const std::function<http::Response()>& make) {
    // Read before `make` looks at the database: an answer made during a commit is filed under the older number.
    const std::int64_t seq = feed_seq_();
    Shard& shard = shards_[std::hash<std::string_view>{}(target) % kShards];
    {
      const std::lock_guard lock(shard.mutex);
      if (const auto at = shard.kept.find(target); at != shard.kept.end() && at->second.seq == seq) return at->second.response;
    }
    http::Response response = make();
    if (response.status != 200 || response.body.size() > kBodyBytesMax) return response;
    response.shared_body = std::make_shared<const std::string>(std::move(response.body));
    response.body.clear();
    const std::lock_guard lock(shard.mutex);
    if (shard.kept.size() >= kAnswersPerShardMax) shard.kept.clear();
    shard.kept.insert_or_assign(std::string(target), Kept{seq, response});
    return response;
  }

 private:
  static constexpr std::size_t kShards = 16;
  static constexpr std::size_t kAnswersPerShardMax = 256;
  static constexpr std::size_t kBodyBytesMax = 16 * 1024;

  struct Kept {
    std::int64_t seq = 0;
    http::Response response;
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Kept, TextHash, std::equal_to<>> kept;  ///< guarded by mutex
  };

  std::function<std::int64_t()> feed_seq_;
  std::array<Shard, kShards> shards_;
};

}  // namespace jingwei::api
