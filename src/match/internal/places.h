// Segments and regions as the code lists name them: chains for nearness, names for reasons.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/region.h"
#include "base/rejected.h"

namespace jingwei::match {

struct Segment {
  std::string code;
  std::string zh;
  std::string en;
  std::string chain;
  bool general() const { return code.starts_with("general."); }
};

class Places {
 public:
  /// Throws io::FileError, Rejected naming the file.
  Places(const std::filesystem::path& segments_file, const std::filesystem::path& regions_file);

  const Segment* segment(std::string_view code) const;
  const Segment* segment_with_hash(std::uint64_t hash) const;
  /// By Chinese name; nothing when unknown.
  const Segment* segment_named(std::string_view zh) const;
  const Regions& regions() const { return regions_; }
  /// Full name as a person would say it; `code` itself when unknown.
  std::string_view region_name(std::string_view code) const;
  /// 嘉兴南湖, 桐乡, 湖州德清, 上海松江: names without 省, 市, 区, 县. Empty when unknown or ambiguous.
  std::string region_code(std::string_view short_name) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view code) const { return std::hash<std::string_view>()(code); }
  };
  std::vector<Segment> segments_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
  std::unordered_map<std::uint64_t, std::size_t> by_hash_;
  Regions regions_;
  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> region_names_;  ///< by code
  std::map<std::string, std::string, std::less<>> by_short_name_;  ///< empty value: ambiguous
};

}  // namespace jingwei::match
