#include "match/internal/snapshot_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/check.h"

namespace jingwei::match {
namespace {

static_assert(std::endian::native == std::endian::little, "the file format is the memory of a little-endian machine");

constexpr std::string_view kMagic = "JWINDEX\n";
constexpr std::size_t kPartsMax = 100'000;

/// Not cryptographic: it finds torn and rotten files. Four sums side by side, because each step waits for the one before it. Bytes may
/// come in any pieces.
class Checksum {
 public:
  void add(std::string_view bytes) {
    size_ += bytes.size();
    if (held_ > 0) {
      const std::size_t some = std::min(bytes.size(), kStride - held_);
      std::memcpy(rest_.data() + held_, bytes.data(), some);
      held_ += some;
      bytes.remove_prefix(some);
      if (held_ < kStride) return;
      take(rest_.data());
    }
    for (; bytes.size() >= kStride; bytes.remove_prefix(kStride)) take(bytes.data());
    std::memcpy(rest_.data(), bytes.data(), held_ = bytes.size());
  }
  std::uint64_t value() {
    std::memset(rest_.data() + held_, 0, kStride - held_);
    take(rest_.data());
    std::uint64_t sum = size_;
    for (const std::uint64_t lane : sums_) mix(sum, lane);
    return sum;
  }

 private:
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kStride = kLanes * sizeof(std::uint64_t);
  static void mix(std::uint64_t& sum, std::uint64_t word) {
    sum = (sum ^ word) * 0xff51afd7ed558ccdULL;
    sum ^= sum >> 32;
  }
  void take(const char* bytes) {
    std::array<std::uint64_t, kLanes> words;
    std::memcpy(words.data(), bytes, kStride);
    for (std::size_t lane = 0; lane < kLanes; ++lane) mix(sums_[lane], words[lane]);
  }

  std::array<std::uint64_t, kLanes> sums_{};
  std::array<char, kStride> rest_{};
  std::size_t held_ = 0;
  std::uint64_t size_ = 0;
};

class Writer {
 public:
  explicit Writer(const std::function<void(std::string_view)>& out) : out_(out) {}
  void bytes(std::string_view piece) {
    checksum_.add(piece);
    out_(piece);
  }
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void value(const T& v) {
    bytes({reinterpret_cast<const char*>(&v), sizeof v});
  }
  void array(const auto& values) {
    value(std::uint64_t{values.size()});
    bytes({reinterpret_cast<const char*>(values.data()), values.size() * sizeof values[0]});
  }
  void end() { value(checksum_.value()); }

 private:
  const std::function<void(std::string_view)>& out_;
  Checksum checksum_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
    requires std::is_trivially_copyable_v<T>
  bool value(T& v) {
    if (bytes_.size() < sizeof v) return false;
    std::memcpy(&v, bytes_.data(), sizeof v);
    bytes_.remove_prefix(sizeof v);
    return true;
  }
  template <class T, class Allocator>
  bool array(std::vector<T, Allocator>& values) {
    std::uint64_t size = 0;
    if (!value(size) || size > bytes_.size() / sizeof(T)) return false;
    values.resize(size);
    std::memcpy(values.data(), bytes_.data(), size * sizeof(T));
    bytes_.remove_prefix(size * sizeof(T));
    return true;
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

/// All that is saved of a part, in this order.
bool each_array(auto& data, const auto& use) {
  return use(data.rows) && use(data.by_id) && use(data.keys) && use(data.offsets) && use(data.postings) && use(data.blob) && use(data.topics) &&
         use(data.text_steps) && use(data.title_steps) && use(data.kinds) && use(data.segments) && use(data.regions) && use(data.valid_to) &&
         use(data.adjustments);
}

/// Each behind its length in two bytes.
std::vector<char> joined(const Codes& codes) {
  std::vector<char> bytes;
  for (const auto& code : codes.all()) {
    for (const std::size_t byte : {code.size() & 255, code.size() >> 8}) bytes.push_back(static_cast<char>(byte));
    bytes.insert(bytes.end(), code.begin(), code.end());
  }
  return bytes;
}

/// False when the codes are not as they were put: each once.
bool split_codes(const std::vector<char>& bytes, Codes& codes) {
  std::string_view rest(bytes.data(), bytes.size());
  for (std::size_t place = 0; !rest.empty(); ++place) {
    if (rest.size() < 2) return false;
    const std::size_t size = static_cast<std::uint8_t>(rest[0]) | std::size_t{static_cast<std::uint8_t>(rest[1])} << 8;
    if (rest.size() < 2 + size || codes.place(rest.substr(2, size)) != place) return false;
    rest.remove_prefix(2 + size);
  }
  return true;
}

/// The checksum has vouched for the bytes; this only guards against a writer's mistake.
bool is_sound(const PartData& data, std::size_t removed_words) {
  const std::size_t rows = data.rows.size();
  for (const std::size_t size : {data.by_id.size(), data.topics.size(), data.text_steps.size(), data.title_steps.size(), data.kinds.size(),
                                 data.segments.size(), data.regions.size(), data.valid_to.size()})
    if (size != rows) return false;
  const auto within = [](const auto& places, const Codes& codes) { return std::ranges::all_of(places, [&](auto place) { return place < codes.all().size(); }); };
  return data.keys.size() == data.offsets.size() && within(data.kinds, data.kind_codes) && within(data.segments, data.segment_codes) &&
         (removed_words == 0 || removed_words == rows / 64 + 1);
}

bool read_part(Reader& reader, Part& part) {
  auto data = std::make_shared<PartData>();
  std::vector<std::uint64_t> removed;
  std::vector<char> kinds;
  std::vector<char> segments;
  const bool read = each_array(*data, [&](auto& values) { return reader.array(values); }) && reader.array(kinds) && reader.array(segments) &&
                    reader.value(data->totals) && reader.array(removed) && reader.value(part.removed_count);
  if (!read || !split_codes(kinds, data->kind_codes) || !split_codes(segments, data->segment_codes) || !is_sound(*data, removed.size())) return false;
  data->finish();
  part.data = std::move(data);
  if (!removed.empty()) part.removed = std::make_shared<const std::vector<std::uint64_t>>(std::move(removed));
  return true;
}

}  // namespace

void write_index(const IndexSnapshot& snapshot, std::uint64_t knowledge, const std::function<void(std::string_view)>& out) {
  Writer writer(out);
  writer.bytes(kMagic);
  writer.value(kIndexFileVersion);
  writer.value(knowledge);
  writer.value(snapshot.feed_seq);
  writer.value(std::uint64_t{snapshot.parts.size()});
  for (const Part& part : snapshot.parts) {
    const PartData& data = *part.data;
    each_array(data, [&](const auto& values) {
      writer.array(values);
      return true;
    });
    writer.array(joined(data.kind_codes));
    writer.array(joined(data.segment_codes));
    writer.value(data.totals);
    writer.array(part.removed ? *part.removed : std::vector<std::uint64_t>{});
    writer.value(part.removed_count);
  }
  writer.end();
}

SnapshotVerdict read_index(std::string_view content, std::uint64_t knowledge, IndexSnapshot& snapshot) {
  std::uint64_t expected = 0;
  if (content.size() < kMagic.size() + sizeof expected || !content.starts_with(kMagic)) return SnapshotVerdict::damaged;
  std::memcpy(&expected, content.data() + content.size() - sizeof expected, sizeof expected);
  content.remove_suffix(sizeof expected);
  Checksum checksum;
  checksum.add(content);
  if (checksum.value() != expected) return SnapshotVerdict::damaged;
  Reader reader(content.substr(kMagic.size()));
  std::uint32_t version = 0;
  std::uint64_t made_with = 0;
  if (!reader.value(version)) return SnapshotVerdict::damaged;
  if (version != kIndexFileVersion) return SnapshotVerdict::other_version;
  if (!reader.value(made_with)) return SnapshotVerdict::damaged;
  if (made_with != knowledge) return SnapshotVerdict::other_knowledge;
  IndexSnapshot read;
  std::uint64_t parts = 0;
  if (!reader.value(read.feed_seq) || !reader.value(parts) || parts > kPartsMax) return SnapshotVerdict::damaged;
  read.parts.resize(parts);
  for (Part& part : read.parts)
    if (!read_part(reader, part)) return SnapshotVerdict::damaged;
  if (!reader.at_end()) return SnapshotVerdict::damaged;
  snapshot = std::move(read);
  return SnapshotVerdict::loaded;
}

}  // namespace jingwei::match
