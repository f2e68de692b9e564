// Vectors that were paid for, so that a restart asks for none of them again. A file in the data folder that may be deleted.
//
//   jingwei-vectors/1\n {"dimensions":…,"model":…}\n   then records: length (4 bytes), checksum (4), payload
//   payload: length of the id (2), id, digest of the text (16), the numbers (4 each); without numbers: the id is removed
//
// All numbers little-endian. Records are only added; a later one of an id replaces an earlier one. What a crash left half-written at the
// end is cut off. Opening for another model or number of dimensions starts anew: vectors of two models cannot be compared.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jingwei::node {

using TextDigest = std::array<std::uint8_t, 16>;

class VectorFile {
 public:
  using Visit = std::function<void(const std::string& id, const TextDigest& digest, std::span<const float> vector)>;

  /// Opens or makes the file and reads it once; throws io::FileError.
  VectorFile(std::filesystem::path path, std::string model, std::size_t dimensions);
  ~VectorFile();
  VectorFile(const VectorFile&) = delete;
  VectorFile& operator=(const VectorFile&) = delete;

  /// Every vector that holds, in the order of the file. Until `go_on` says false.
  void each(const Visit& visit, const std::function<bool()>& go_on) const;
  void put(const std::string& id, const TextDigest& digest, std::span<const float> vector);
  void remove(const std::string& id);
  std::optional<TextDigest> digest(const std::string& id) const;
  std::optional<std::vector<float>> vector(const std::string& id) const;
  std::vector<std::string> ids() const;
  std::size_t size() const;

 private:
  struct Kept {
    TextDigest digest{};
    std::uint64_t at = 0;  ///< of the numbers, in the file
  };
  void open();
  bool read_all();
  void compact();
  void append(const std::string& payload);
  std::vector<float> numbers_at(std::uint64_t at) const;

  const std::filesystem::path path_;
  const std::string head_;
  const std::size_t dimensions_;
  int descriptor_ = -1;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;  ///< guarded by mutex_
  std::uint64_t end_ = 0;                       ///< guarded by mutex_: of the last whole record
  std::uint64_t replaced_ = 0;                  ///< records that a later one made useless
};

}  // namespace jingwei::node
