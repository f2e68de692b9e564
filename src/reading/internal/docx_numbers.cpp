#include "reading/internal/docx_numbers.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "reading/internal/docx_parts.h"

namespace jingwei::reading {
namespace {

constexpr int kCountMax = 9'999;

int number_of(const Attributes& attributes, std::string_view name) {
  const auto at = attributes.find(name);
  return at == attributes.end() ? 0 : std::clamp(std::atoi(at->second.c_str()), 0, 1'000'000);
}

std::string han(int value) {
  static const char* const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (value >= 100) return std::to_string(value);
  if (value < 10) return digits[value];
  return (value >= 20 ? digits[value / 10] : std::string()) + "十" + (value % 10 != 0 ? digits[value % 10] : "");
}

std::string shown(int value, const std::string& format) {
  if (format == "none") return "";
  if (format == "chineseCounting" || format == "chineseCountingThousand" || format == "ideographDigital" || format == "japaneseCounting" ||
      format == "taiwaneseCountingThousand")
    return han(value);
  if (format.starts_with("decimalEnclosedCircle") && value >= 1 && value <= 20) {
    std::string circled;
    append_utf8(circled, U'①' + static_cast<char32_t>(value - 1));
    return circled;
  }
  if ((format == "upperLetter" || format == "lowerLetter") && value >= 1 && value <= 26)
    return std::string(1, static_cast<char>((format[0] == 'u' ? 'A' : 'a') + value - 1));
  return std::to_string(value);
}

}  // namespace

/// Reads the definitions of lists.
class NumbersPart : public XmlElements {
 public:
  explicit NumbersPart(DocxNumbers& numbers) : numbers_(numbers) {}

  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "abstractNum") {
      shape_ = &numbers_.shapes_[number_of(attributes, "abstractNumId")];
    } else if (name == "num") {
      list_ = number_of(attributes, "numId");
      shape_ = nullptr;
    } else if (name == "abstractNumId" && shape_ == nullptr) {
      numbers_.shape_of_[list_] = number_of(attributes, "val");
    } else if (name == "lvl") {
      level_ = std::min<std::size_t>(static_cast<std::size_t>(number_of(attributes, "ilvl")), kListLevels - 1);
    } else if (shape_ != nullptr && attributes.contains("val")) {
      auto& level = shape_->levels[level_];
      if (name == "start") level.start = number_of(attributes, "val");
      if (name == "numFmt") level.format = attributes.at("val");
      if (name == "lvlText") level.text = attributes.at("val");
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  DocxNumbers& numbers_;
  DocxNumbers::Shape* shape_ = nullptr;
  int list_ = 0;
  std::size_t level_ = 0;
};

DocxNumbers::DocxNumbers(std::string_view numbering_part) {
  NumbersPart part(*this);
  parse_xml(numbering_part, part);
}

std::string DocxNumbers::next(int list, int level) {
  const auto of = shape_of_.find(list);
  const auto at = of == shape_of_.end() ? shapes_.end() : shapes_.find(of->second);
  if (at == shapes_.end() || level < 0 || static_cast<std::size_t>(level) >= kListLevels) return {};
  Shape& shape = at->second;
  const auto own = static_cast<std::size_t>(level);
  for (std::size_t i = own + 1; i < kListLevels; ++i) shape.counts[i] = 0;
  for (std::size_t i = 0; i <= own; ++i)
    if (shape.counts[i] == 0) shape.counts[i] = i == own ? shape.levels[i].start - 1 : shape.levels[i].start;
  shape.counts[own] = std::min(shape.counts[own] + 1, kCountMax);
  const Level& form = shape.levels[own];
  if (form.format == "bullet") return "• ";
  std::string number;
  for (std::size_t i = 0; i < form.text.size(); ++i) {
    const bool is_count = form.text[i] == '%' && i + 1 < form.text.size() && form.text[i + 1] >= '1' && form.text[i + 1] <= '9';
    if (!is_count) {
      number += form.text[i];
      continue;
    }
    const auto of_level = static_cast<std::size_t>(form.text[++i] - '1');
    number += shown(shape.counts[of_level], shape.levels[of_level].format);
  }
  const bool stands_close = number.empty() || number.ends_with("、") || number.ends_with("）") || number.ends_with(")");
  return stands_close ? number : number + " ";
}

}  // namespace jingwei::reading
