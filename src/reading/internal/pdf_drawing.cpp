// What poppler's programs say of a page: words in boxes, and strokes.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "reading/internal/pdf_tables.h"
#include "reading/internal/xml.h"

namespace jingwei::reading {
namespace {

constexpr double kThin = 3;                  ///< points; a filled rectangle no thicker is a stroke
constexpr std::size_t kStrokesMax = 5'000;   ///< of a page; what comes behind is not looked at

double number_of(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::isfinite(value) ? value : 0;
}

double attribute(const Attributes& attributes, std::string_view name) {
  const auto at = attributes.find(name);
  return at == attributes.end() ? 0 : number_of(at->second);
}

class BoxReader : public XmlElements {
 public:
  void begin(std::string_view name, const Attributes& attributes) override {
    if (name == "page") pages.emplace_back();
    if (pages.empty()) return;
    auto& blocks = pages.back().blocks;
    if (name == "block") blocks.emplace_back();
    if (name == "line" && !blocks.empty()) blocks.back().emplace_back();
    in_word_ = name == "word" && !blocks.empty() && !blocks.back().empty();
    if (in_word_)
      blocks.back().back().push_back({attribute(attributes, "xMin"), attribute(attributes, "yMin"), attribute(attributes, "xMax"), attribute(attributes, "yMax"), ""});
  }
  void end(std::string_view) override { in_word_ = false; }
  void text(std::string_view characters) override {
    if (in_word_) pages.back().blocks.back().back().back().text += characters;
  }
  std::vector<PdfPage> pages;

 private:
  bool in_word_ = false;
};

/// x' = a x + c y + e, y' = b x + d y + f.
struct Transform {
  std::array<double, 6> m{1, 0, 0, 1, 0, 0};
  std::pair<double, double> of(double x, double y) const { return {m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]}; }
  Transform times(const Transform& inner) const {
    const auto& n = inner.m;
    return {{m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1], m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
             m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5]}};
  }
};

/// Numbers and letters of "M 33.75 261 L 447 261 Z", one after the other.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : rest_(text) {}
  /// A letter; 0 for a number, which is then in `number`; nothing at the end.
  std::optional<char> next(double& number) {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == ',')) rest_.remove_prefix(1);
    if (rest_.empty()) return std::nullopt;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error == std::errc()) {
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      if (!std::isfinite(number)) number = 0;
      return char{0};
    }
    const char letter = rest_[0];
    rest_.remove_prefix(1);
    return letter;
  }

 private:
  std::string_view rest_;
};

Transform transform_of(const Attributes& attributes) {
  const auto at = attributes.find("transform");
  Transform transform;
  if (at == attributes.end() || !at->second.starts_with("matrix(")) return transform;
  Pieces pieces(std::string_view(at->second).substr(7));
  double number = 0;
  for (double& one : transform.m) {
    if (pieces.next(number) != char{0}) return {};
    one = number;
  }
  return transform;
}

/// White on white is no stroke; cairo writes colours as rgb(100%,100%,100%) or rgb(100%, 100%, 100%).
bool paints(std::string_view style, std::string_view what) {
  const auto at = style.find(what);
  if (at == style.npos) return false;
  std::string colour;
  for (const char c : style.substr(at + what.size(), style.find(';', at) - at - what.size()))
    if (c != ' ') colour += c;
  return colour != "none" && colour != "rgb(100%,100%,100%)";
}

class StrokeReader : public XmlElements {
 public:
  void begin(std::string_view name, const Attributes& attributes) override {
    // Shapes of characters, clips and patterns are not drawn where they stand.
    if (hidden_ > 0 || name == "defs" || name == "symbol" || name == "clipPath" || name == "mask" || name == "pattern") {
      ++hidden_;
      return;
    }
    transforms_.push_back(transforms_.back().times(transform_of(attributes)));
    const auto path = attributes.find("d");
    const auto style = attributes.find("style");
    if (name == "path" && path != attributes.end() && style != attributes.end()) draw(path->second, style->second);
  }
  void end(std::string_view) override {
    if (hidden_ > 0) --hidden_;
    else transforms_.pop_back();
  }
  void text(std::string_view) override {}
  std::vector<Stroke> strokes;

 private:
  using Point = std::pair<double, double>;

  void draw(std::string_view path, std::string_view style) {
    const bool stroked = paints(style, "stroke:");
    const bool filled = paints(style, "fill:");
    if (!stroked && !filled) return;
    std::vector<Point> points;
    bool straight = true;
    const auto close = [&] {
      if (straight && stroked) lines(points);
      if (straight && filled) rectangle(points);
      points.clear();
      straight = true;
    };
    Pieces pieces(path);
    char command = 0;
    std::vector<double> numbers;
    double number = 0;
    while (const auto piece = pieces.next(number)) {
      if (*piece != 0) {
        if (*piece == 'M') close();
        if (*piece == 'Z' && !points.empty()) points.push_back(points.front());
        command = *piece;
        numbers.clear();
        continue;
      }
      numbers.push_back(number);
      if (command == 'C') straight = false;
      if (numbers.size() < 2) continue;
      if (command == 'M' || command == 'L') points.push_back(transforms_.back().of(numbers[0], numbers[1]));
      numbers.clear();
    }
    close();
  }

  void lines(const std::vector<Point>& points) {
    for (std::size_t i = 1; i < points.size(); ++i) add(points[i - 1], points[i]);
  }
  /// A thin one is a stroke through its middle.
  void rectangle(const std::vector<Point>& points) {
    if (points.size() < 4) return;
    double left = points[0].first, right = left, top = points[0].second, bottom = top;
    for (const auto& [x, y] : points) {
      left = std::min(left, x), right = std::max(right, x);
      top = std::min(top, y), bottom = std::max(bottom, y);
    }
    if (right - left <= kThin && bottom - top > kThin) add({(left + right) / 2, top}, {(left + right) / 2, bottom});
    else if (bottom - top <= kThin && right - left > kThin) add({left, (top + bottom) / 2}, {right, (top + bottom) / 2});
  }
  void add(Point a, Point b) {
    if (strokes.size() >= kStrokesMax) return;
    const double across = std::abs(a.first - b.first);
    const double down = std::abs(a.second - b.second);
    if (across <= 0.5 && down > kThin) strokes.push_back({true, (a.first + b.first) / 2, std::min(a.second, b.second), std::max(a.second, b.second)});
    else if (down <= 0.5 && across > kThin) strokes.push_back({false, (a.second + b.second) / 2, std::min(a.first, b.first), std::max(a.first, b.first)});
  }

  std::vector<Transform> transforms_{{}};
  int hidden_ = 0;
};

}  // namespace

std::vector<PdfPage> pages_of(std::string_view boxes) {
  BoxReader reader;
  if (walk_xml(boxes, reader, XmlDoctype::passed_over) != XmlEnd::whole) return {};
  return std::move(reader.pages);
}

std::vector<Stroke> strokes_of(std::string_view drawing) {
  StrokeReader reader;
  if (walk_xml(drawing, reader, XmlDoctype::passed_over) != XmlEnd::whole) return {};
  return std::move(reader.strokes);
}

}  // namespace jingwei::reading
