// Numbers that Word counts itself (word/numbering.xml): 一、, （一）, 1.1. They stand nowhere in the text and are written out.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace jingwei::reading {

constexpr std::size_t kListLevels = 9;

class DocxNumbers {
 public:
  /// Nothing is numbered.
  DocxNumbers() = default;
  explicit DocxNumbers(std::string_view numbering_part);

  /// The number of the next paragraph of a list; empty for a list that is not known or shows none.
  std::string next(int list, int level);

 private:
  friend class NumbersPart;
  struct Level {
    int start = 1;
    std::string format = "decimal";
    std::string text;
  };
  struct Shape {
    std::array<Level, kListLevels> levels;
    std::array<int, kListLevels> counts{};
  };
  std::map<int, Shape> shapes_;  ///< by abstractNumId
  std::map<int, int> shape_of_;  ///< numId to abstractNumId
};

}  // namespace jingwei::reading
