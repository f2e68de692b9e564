#include "node/internal/vector_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "base/check.h"
#include "base/described.h"
#include "crypto/crypto.h"
#include "io/file.h"

namespace jingwei::node {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint64_t kReplacedMin = 1'000;   // records from which a file may be written anew...
constexpr std::size_t kIdBytesMax = 1'000;
constexpr std::size_t kFrameBytes = 8;

std::uint32_t checksum(std::string_view payload) {
  const auto digest = crypto::sha256(as_bytes(payload));
  std::uint32_t sum = 0;
  std::memcpy(&sum, digest.data(), sizeof sum);
  return sum;
}

std::string payload_of(const std::string& id, const TextDigest& digest, std::span<const float> vector) {
  const auto length = static_cast<std::uint16_t>(id.size());
  std::string payload(reinterpret_cast<const char*>(&length), sizeof length);
  payload += id;
  payload.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  payload.append(reinterpret_cast<const char*>(vector.data()), vector.size_bytes());
  return payload;
}

std::string framed(const std::string& payload) {
  const std::uint32_t words[2] = {static_cast<std::uint32_t>(payload.size()), checksum(payload)};
  return std::string(reinterpret_cast<const char*>(words), sizeof words) + payload;
}

}  // namespace

VectorFile::VectorFile(std::filesystem::path path, std::string model, std::size_t dimensions)
    : path_(std::move(path)),
      head_("jingwei-vectors/1\n" + json::serialize(json::object{{"dimensions", dimensions}, {"model", model}}) + "\n"),
      dimensions_(dimensions) {
  open();
  if (!read_all()) {
    // Another model's, or no such file at all.
    kept_.clear();
    if (ftruncate(descriptor_, 0) != 0) throw io::FileError(path_, "cannot be emptied", errno);
    end_ = 0;
    if (pwrite(descriptor_, head_.data(), head_.size(), 0) != static_cast<ssize_t>(head_.size())) throw io::FileError(path_, "cannot be written", errno);
    end_ = head_.size();
    replaced_ = 0;
  }
  if (replaced_ >= kReplacedMin && replaced_ > kept_.size()) compact();
}

VectorFile::~VectorFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void VectorFile::open() {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw io::FileError(path_, "cannot be opened", errno);
}

bool VectorFile::read_all() {
  std::string head(head_.size(), '\0');
  if (pread(descriptor_, head.data(), head.size(), 0) != static_cast<ssize_t>(head.size()) || head != head_) return false;
  end_ = head_.size();
  const std::size_t payload_max = 2 + kIdBytesMax + sizeof(TextDigest) + dimensions_ * sizeof(float);
  std::string payload;
  for (;;) {
    std::uint32_t words[2];
    if (pread(descriptor_, words, sizeof words, static_cast<off_t>(end_)) != static_cast<ssize_t>(sizeof words) || words[0] > payload_max) break;
    payload.resize(words[0]);
    if (pread(descriptor_, payload.data(), payload.size(), static_cast<off_t>(end_ + kFrameBytes)) != static_cast<ssize_t>(payload.size())) break;
    std::uint16_t length = 0;
    if (checksum(payload) != words[1] || payload.size() < sizeof length) break;
    std::memcpy(&length, payload.data(), sizeof length);
    const std::size_t numbers_at = sizeof length + length + sizeof(TextDigest);
    const bool removal = payload.size() == numbers_at;
    if (!removal && payload.size() != numbers_at + dimensions_ * sizeof(float)) break;
    const std::string id = payload.substr(sizeof length, length);
    replaced_ += kept_.erase(id) + (removal ? 1 : 0);
    if (!removal) {
      Kept& kept = kept_[id];
      std::memcpy(kept.digest.data(), payload.data() + sizeof length + length, kept.digest.size());
      kept.at = end_ + kFrameBytes + numbers_at;
    }
    end_ += kFrameBytes + payload.size();
  }
  // What stands behind the last whole record was being written when the power went.
  if (ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) throw io::FileError(path_, "cannot be cut", errno);
  return true;
}

void VectorFile::compact() {
  const std::filesystem::path beside = path_.string() + ".new";
  const int target = ::open(beside.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (target < 0) throw io::FileError(beside, "cannot be opened", errno);
  std::uint64_t end = 0;
  const auto write = [&](const std::string& bytes) {
    if (pwrite(target, bytes.data(), bytes.size(), static_cast<off_t>(end)) != static_cast<ssize_t>(bytes.size())) {
      const int reason = errno;
      close(target);
      throw io::FileError(beside, "cannot be written", reason);
    }
    end += bytes.size();
  };
  write(head_);
  for (auto& [id, kept] : kept_) {
    const std::string record = framed(payload_of(id, kept.digest, numbers_at(kept.at)));
    write(record);
    kept.at = end - dimensions_ * sizeof(float);
  }
  close(descriptor_);
  descriptor_ = target;
  end_ = end;
  replaced_ = 0;
  std::filesystem::rename(beside, path_);
}

std::vector<float> VectorFile::numbers_at(std::uint64_t at) const {
  std::vector<float> vector(dimensions_);
  const auto bytes = static_cast<ssize_t>(dimensions_ * sizeof(float));
  if (pread(descriptor_, vector.data(), static_cast<std::size_t>(bytes), static_cast<off_t>(at)) != bytes) throw io::FileError(path_, "cannot be read", errno);
  return vector;
}

void VectorFile::append(const std::string& payload) {
  const std::string record = framed(payload);
  if (pwrite(descriptor_, record.data(), record.size(), static_cast<off_t>(end_)) != static_cast<ssize_t>(record.size()))
    throw io::FileError(path_, "cannot be written", errno);
  end_ += record.size();
}

void VectorFile::each(const Visit& visit, const std::function<bool()>& go_on) const {
  for (const auto& id : ids()) {
    if (!go_on()) return;
    const auto digest = this->digest(id);
    const auto vector = this->vector(id);
    if (digest && vector) visit(id, *digest, *vector);
  }
}

void VectorFile::put(const std::string& id, const TextDigest& digest, std::span<const float> vector) {
  CHECK(vector.size() == dimensions_ && id.size() <= kIdBytesMax);
  const std::lock_guard lock(mutex_);
  append(payload_of(id, digest, vector));
  kept_[id] = {digest, end_ - dimensions_ * sizeof(float)};
}

void VectorFile::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (!kept_.contains(id)) return;
  append(payload_of(id, {}, {}));
  kept_.erase(id);
}

std::optional<TextDigest> VectorFile::digest(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto at = kept_.find(id);
  return at == kept_.end() ? std::nullopt : std::optional(at->second.digest);
}

std::optional<std::vector<float>> VectorFile::vector(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto at = kept_.find(id);
  return at == kept_.end() ? std::nullopt : std::optional(numbers_at(at->second.at));
}

std::vector<std::string> VectorFile::ids() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  ids.reserve(kept_.size());
  for (const auto& [id, kept] : kept_) ids.push_back(id);
  return ids;
}

std::size_t VectorFile::size() const {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

}  // namespace jingwei::node
