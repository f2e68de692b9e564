// Administrative divisions (GB/T 2260) of Shanghai, Jiangsu, Zhejiang and Anhui, read from registers/code-lists/regions.csv
// ("code,name,parent"). Codes nest by prefix: 330000 ⊃ 330400 ⊃ 330402.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jingwei {

struct Region {
  std::string code;
  std::string name;       ///< 南湖区
  std::string parent;     ///< 330400; empty for a province
  std::string full_name;  ///< 浙江省嘉兴市南湖区
};

class Regions {
 public:
  /// Reads the CSV text; stops the process on a broken file, which ships with the program.
  explicit Regions(std::string_view csv);

  const std::vector<Region>& all() const { return all_; }
  const Region* find(std::string_view code) const;
  /// By code, full name, name with its city (嘉兴市南湖区) or a name that only one division bears.
  const Region* resolve(std::string_view text) const;
  /// True when `inner` lies in `outer` or is the same.
  static bool contains(std::string_view outer, std::string_view inner);

 private:
  std::vector<Region> all_;
  std::map<std::string, std::size_t, std::less<>> by_code_;
  std::map<std::string, std::optional<std::size_t>, std::less<>> by_name_;  ///< nothing where a name is ambiguous
};

/// How far two places are from each other: 0 same county, 1 same city, 2 same province, 3 elsewhere in the Delta.
int region_distance(std::string_view a, std::string_view b);

}  // namespace jingwei
