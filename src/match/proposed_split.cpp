// A split that a language model proposes is made of the need's own words, or it is none. What is handed on is the need's text and not
// the model's: whatever a text made the model say, nothing of it can reach a reader.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "match/match.h"

namespace jingwei::match {
namespace {

constexpr std::size_t kSignsMin = 4;       ///< letters, digits and Han characters that say something
constexpr std::size_t kSpanCharactersMax = 500;

/// A text without spaces and punctuation, in half width and lower case, and where each sign of it stands.
struct Signs {
  std::u32string signs;
  std::vector<std::size_t> at;
};

bool is_sign(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z');
  return !(c == 0xB7 || c == 0xA0 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F) || c >= 0xFF00);
}

Signs signs_of(std::u32string_view text) {
  Signs signs;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    if (!is_sign(c)) continue;
    signs.signs += c;
    signs.at.push_back(i);
  }
  return signs;
}

struct Span {
  std::size_t begin = 0;  ///< of the need's text
  std::size_t end = 0;
};

std::unexpected<Bilingual> refuse(std::string zh, std::string en) { return std::unexpected(Bilingual{std::move(zh), std::move(en)}); }

}  // namespace

std::expected<std::vector<std::string>, Bilingual> own_words(const Need& need, const std::vector<std::string>& proposed) {
  if (proposed.empty() || proposed.size() > kProblemsMax)
    return refuse(fmt::format("应为 1 至 {} 个子题，给了 {} 个", kProblemsMax, proposed.size()),
                  fmt::format("1 to {} problems are wanted, {} were given", kProblemsMax, proposed.size()));
  const std::u32string text = to_utf32(first_characters(need.text, kTextCharactersMax));
  const Signs whole = signs_of(text);
  std::vector<Span> spans;
  for (std::size_t i = 0; i < proposed.size(); ++i) {
    const std::size_t number = i + 1;
    const auto wanted = signs_of(to_utf32(first_characters(proposed[i], kTextCharactersMax))).signs;
    if (wanted.size() < kSignsMin) return refuse(fmt::format("第 {} 个子题没有内容", number), fmt::format("Problem {} says nothing", number));
    const auto found = whole.signs.find(wanted);
    if (found == std::u32string::npos)
      return refuse(fmt::format("第 {} 个子题不是需求里的原话", number), fmt::format("Problem {} is not in the need's own words", number));
    const Span span{whole.at[found], whole.at[found + wanted.size() - 1] + 1};
    if (span.end - span.begin > kSpanCharactersMax) return refuse(fmt::format("第 {} 个子题太长", number), fmt::format("Problem {} is too long", number));
    if (std::ranges::any_of(spans, [&](const Span& other) { return span.begin < other.end && other.begin < span.end; }))
      return refuse(fmt::format("第 {} 个子题与前面的重叠", number), fmt::format("Problem {} overlaps one before it", number));
    spans.push_back(span);
  }
  std::vector<std::string> problems;
  for (const Span& span : spans) problems.push_back(to_utf8(std::u32string_view(text).substr(span.begin, span.end - span.begin)));
  return problems;
}

}  // namespace jingwei::match
