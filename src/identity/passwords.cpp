// Which passwords are good enough: long, and not what a guesser tries first (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5, 6.2).
// There are no rules on kinds of characters, on purpose: they make passwords worse.
#include <algorithm>

#include "base/text.h"
#include "identity/identity.h"
#include "identity/internal/common_passwords.h"

namespace jingwei::identity {
namespace {

constexpr std::size_t kRepeatedUnitMax = 4;      ///< characters: "abcdabcdabcd" is a unit of 4, repeated
constexpr std::size_t kDifferentCharactersMin = 5;

/// The same few characters again and again: "aaaaaaaaaaaa", "abcabcabcabc", "12341234123".
bool is_repeated(std::u32string_view text) {
  for (std::size_t unit = 1; unit <= kRepeatedUnitMax && unit < text.size(); ++unit)
    if (text.substr(unit) == text.substr(0, text.size() - unit)) return true;
  std::u32string different(text);
  std::ranges::sort(different);
  const auto repeated = std::ranges::unique(different);
  return different.size() - repeated.size() < kDifferentCharactersMin;
}

/// Runs up or down by one: "abcdefghijkl", "123456789012" (after 9 comes 0), "lkjihgfedcba".
bool is_sequence(std::u32string_view text) {
  const auto all_steps = [&](int step) {
    for (std::size_t i = 1; i < text.size(); ++i) {
      const auto difference = static_cast<std::int64_t>(text[i]) - static_cast<std::int64_t>(text[i - 1]);
      const bool wraps = step > 0 ? text[i - 1] == U'9' && text[i] == U'0' : text[i - 1] == U'0' && text[i] == U'9';
      if (difference != step && !wraps) return false;
    }
    return true;
  };
  return text.size() > 1 && (all_steps(1) || all_steps(-1));
}

/// Without what people put in place of letters: "P@ssw0rd" is "password".
std::string plain_letters(std::string_view lower) {
  std::string out(lower);
  for (char& c : out) {
    if (c == '@') c = 'a';
    if (c == '$') c = 's';
    if (c == '0') c = 'o';
    if (c == '3') c = 'e';
    if (c == '4') c = 'a';
    if (c == '1' || c == '!') c = 'i';
  }
  return out;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// True when the letters of `text` fall into common words one after another. At most 128 characters, so trying each
/// word at each place is quick enough.
bool is_made_of_common_words(std::string_view letters) {
  if (letters.empty()) return false;
  std::vector<bool> reachable(letters.size() + 1, false);
  reachable[0] = true;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    if (!reachable[at]) continue;
    for (const auto word : kCommonWords)
      if (letters.substr(at).starts_with(word)) reachable[at + word.size()] = true;
  }
  return reachable[letters.size()];
}

bool is_common(std::string_view lower) {
  if (std::ranges::find(kCommonPasswords, lower) != kCommonPasswords.end()) return true;
  // Digits and punctuation at both ends are what people add to please rules; those inside stand for letters or separate words.
  const auto first = std::ranges::find_if(lower, is_letter);
  const auto last = std::find_if(lower.rbegin(), lower.rend(), is_letter).base();
  if (first >= last) return false;
  const std::string core(first, last);
  for (const std::string& reading : {core, plain_letters(core)}) {
    std::string letters;
    std::ranges::copy_if(reading, std::back_inserter(letters), is_letter);
    if (is_made_of_common_words(letters)) return true;
  }
  return false;
}

}  // namespace

std::vector<InputProblem> password_problems(std::string_view password, std::string_view login, std::string_view field) {
  std::vector<InputProblem> problems;
  const auto refuse = [&](Bilingual reason, Bilingual remedy) { problems.push_back({{}, std::string(field), std::move(reason), std::move(remedy)}); };
  if (!is_utf8(password)) {
    refuse({"密码不是 UTF-8 文字", "the password is not UTF-8"}, {"请重新输入", "type it again"});
    return problems;
  }
  const std::size_t characters = count_characters(password);
  if (characters > kPasswordCharactersMax) {  // nothing more is looked at: the rest takes time
    refuse({"密码超过 128 个字符", "the password has more than 128 characters"}, {"请缩短密码", "make it shorter"});
    return problems;
  }
  if (characters < kPasswordCharactersMin)
    refuse({"密码不足 12 个字符", "the password has fewer than 12 characters"}, {"请用更长的密码，例如几个不相干的词", "make it longer; a few unrelated words will do"});
  const std::string lower = to_lower_ascii(fold_width(password));
  if (!login.empty() && lower.find(normalise_login(login)) != std::string::npos)
    refuse({"密码里含有登录名", "the password contains the login"}, {"请换一个与登录名无关的密码", "choose one that has nothing to do with the login"});
  if (characters < kPasswordCharactersMin) return problems;  // a longer one will be another one
  const std::u32string letters = to_utf32(lower);
  if (is_repeated(letters) || is_sequence(letters))
    refuse({"密码只是重复或顺序的字符", "the password only repeats or counts characters"}, {"请用不容易猜到的密码", "choose one that is hard to guess"});
  else if (is_common(lower))
    refuse({"密码太常见，容易被猜到", "the password is among those that are tried first"}, {"请用不容易猜到的密码", "choose one that is hard to guess"});
  return problems;
}

}  // namespace jingwei::identity
