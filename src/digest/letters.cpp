// Digests as mail. Nothing is sent from here: whoever runs a mail server takes the file.
//
// A message is RFC 5322 with MIME (RFC 2045): subject and names as encoded words (RFC 2047, at most 75 characters each, no character of UTF-8
// cut in two), the text as UTF-8 in base64 with lines of 76. In an mbox (RFC 4155) lines end in LF; base64 leaves no line that begins with "From ".
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "digest/internal/rows.h"

namespace jingwei::digest {
namespace {

constexpr std::size_t kEncodedBytesMax = 39;  ///< "Subject: =?UTF-8?B?" + 52 + "?=" has 73 characters; a line with such words has 76 at most
constexpr std::size_t kBodyLineCharacters = 76;
constexpr std::size_t kLinesOfGroup = 10;     ///< told in the letter; the rest is on the page
constexpr std::size_t kGroupsOfLetter = 20;

bool is_atom(std::string_view text) {
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'; });
}

/// A login that can be written to: local part and a domain with a dot.
std::optional<std::string> address_of(std::string_view login) {
  const auto sign = login.find('@');
  if (sign == std::string_view::npos || !is_atom(login.substr(0, sign))) return std::nullopt;
  const auto domain = login.substr(sign + 1);
  if (!is_atom(domain) || domain.find('.') == std::string_view::npos || domain.find('_') != std::string_view::npos) return std::nullopt;
  return std::string(login);
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// A header's words. Line breaks and other control characters become spaces: a header has one line, whatever a title holds.
std::string header_words(std::string_view words, bool always_encode) {
  std::string clean(words);
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  if (!always_encode && is_plain(clean) && clean.size() <= 60) return clean;
  std::string encoded;
  for (std::string_view rest = clean; !rest.empty();) {
    std::size_t end = std::min(rest.size(), kEncodedBytesMax);
    while (end < rest.size() && (static_cast<unsigned char>(rest[end]) & 0xC0) == 0x80) --end;
    encoded += (encoded.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + to_base64(as_bytes(rest.substr(0, end))) + "?=");
    rest.remove_prefix(end);
  }
  return encoded;
}

/// "Wed, 21 Jan 2026 20:53:20 +0800" from RFC 3339.
std::string mail_date(std::string_view at, bool unix_form = false) {
  static constexpr std::array kDays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01 was a Thursday
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  Timestamp time = from_rfc3339(at).value_or(Timestamp{});
  if (!unix_form) time.us += 8 * 3'600 * kMicrosPerSecond;
  const std::string local = to_rfc3339(time);  // as if the local time were UTC
  const auto* day_name = kDays[static_cast<std::size_t>(time.us / kMicrosPerDay % 7)];
  const auto* month = kMonths[static_cast<std::size_t>((local[5] - '0') * 10 + (local[6] - '0') - 1)];
  if (unix_form) return fmt::format("{} {} {:>2} {} {}", day_name, month, std::stoi(local.substr(8, 2)), local.substr(11, 8), local.substr(0, 4));
  return fmt::format("{}, {} {} {} {} +0800", day_name, std::stoi(local.substr(8, 2)), month, local.substr(0, 4), local.substr(11, 8));
}

std::string base64_lines(std::string_view text) {
  std::string lines;
  const std::string all = to_base64(as_bytes(text));
  for (std::size_t begin = 0; begin < all.size(); begin += kBodyLineCharacters) lines += all.substr(begin, kBodyLineCharacters) + "\r\n";
  return lines;
}

const std::string& said(const Bilingual& text, bool zh) { return zh ? text.zh : text.en; }

void write_groups(std::string& text, const std::vector<DigestGroup>& groups, bool zh) {
  for (std::size_t i = 0; i < groups.size() && i < kGroupsOfLetter; ++i) {
    text += "\r\n" + groups[i].own.title + "\r\n";
    for (std::size_t n = 0; n < groups[i].lines.size() && n < kLinesOfGroup; ++n) {
      const DigestLine& line = groups[i].lines[n];
      text += "  - " + line.entry.title;
      if (line.entry.owner_name) text += (zh ? "（" : " (") + *line.entry.owner_name + (zh ? "）" : ")");
      text += "\r\n";
      if (!line.reasons.empty()) text += "    " + said(line.reasons[0].text, zh) + "\r\n";
    }
  }
}

std::string letter_text(const Digest& digest, const std::string& name, const std::string& host, bool zh) {
  std::string text = zh ? name + "，您好：\r\n" : "Dear " + name + ",\r\n";
  if (!digest.for_needs.empty()) {
    text += zh ? "\r\n为贵单位的需求新找到这些资源：\r\n" : "\r\nNew supplies for the needs of your organization:\r\n";
    write_groups(text, digest.for_needs, zh);
  }
  if (!digest.for_supplies.empty()) {
    text += zh ? "\r\n这些需求适合贵单位的资源：\r\n" : "\r\nNeeds that suit what your organization offers:\r\n";
    write_groups(text, digest.for_supplies, zh);
  }
  text += (zh ? "\r\n全部内容和理由：" : "\r\nAll of it, with reasons: ") + ("https://" + host + "/digests/" + digest.id) + "\r\n";
  return text;
}

std::string letter_subject(const Digest& digest, bool zh) {
  std::string subject = zh ? "匹配简报 " + digest.day + "：" : "Matches of " + digest.day + ": ";
  const auto count = [](const std::vector<DigestGroup>& groups) {
    std::size_t lines = 0;
    for (const auto& group : groups) lines += group.lines.size();
    return lines;
  };
  if (!digest.for_needs.empty()) subject += zh ? fmt::format("{} 项新资源", count(digest.for_needs)) : fmt::format("{} new supplies", count(digest.for_needs));
  if (!digest.for_needs.empty() && !digest.for_supplies.empty()) subject += zh ? "，" : ", ";
  if (!digest.for_supplies.empty())
    subject += zh ? fmt::format("{} 条适合的需求", count(digest.for_supplies)) : fmt::format("{} needs that suit you", count(digest.for_supplies));
  return subject;
}

}  // namespace

Sender sender_of(const Bilingual& title, std::string_view origin) {
  const auto host = origin.substr(0, origin.find_first_of("/:"));
  return {title, std::string(host)};
}

std::vector<Letter> Letters::of_round(store::Connection& connection, std::string_view round_id) const {
  const auto round = Rounds::find(connection, round_id);
  if (!round || round->state != RoundState::done) throw Rejected(Code::not_found, {"没有这一轮匹配，或还没有完成", "There is no such round, or it is not done"});
  struct Reader {
    std::string id, login, name, organization_id;
    identity::Language language;
    DigestSummary digest;
  };
  std::vector<Reader> readers;
  connection.query("SELECT a.id, a.login, a.name, a.organization_id, a.language, d.id, d.at_us, d.needs, d.supplies, d.wanted FROM digests d "
                   "JOIN accounts a ON a.organization_id = d.organization_id WHERE d.round_id = $1 AND a.disabled = 0 ORDER BY d.id, a.id",
                   {round_id}, [&](const store::Row& row) {
                     const auto language = enum_from_name<identity::Language>(row.text(4)).value_or(identity::Language::zh);
                     readers.push_back({row.string(0), row.string(1), row.string(2), row.string(3), language,
                                        {row.string(5), round->id, round->day, to_rfc3339({row.integer(6)}), row.integer(7), row.integer(8), row.integer(9), false}});
                   });
  std::vector<Letter> letters;
  for (const Reader& reader : readers) {
    const Digest digest = digests_.read(connection, reader.digest, reader.organization_id);
    if (digest.for_needs.empty() && digest.for_supplies.empty()) continue;  // all of it was withdrawn since
    const bool zh = reader.language == identity::Language::zh;
    letters.push_back({reader.id, address_of(reader.login), reader.name, reader.language, letter_subject(digest, zh), letter_text(digest, reader.name, sender_.host, zh),
                       digest.id, digest.at});
  }
  return letters;
}

std::string Letters::message(const Letter& letter) const {
  const bool zh = letter.language == identity::Language::zh;
  return "Date: " + mail_date(letter.at) + "\r\n" +
         "From: " + header_words(said(sender_.title, zh), true) + "\r\n <no-reply@" + sender_.host + ">\r\n" +
         "To: " + header_words(letter.name, true) + "\r\n <" + letter.address.value_or("") + ">\r\n" +
         "Subject: " + header_words(letter.subject, false) + "\r\n" +
         "Message-ID: <" + letter.digest_id + "." + letter.account_id + "@" + sender_.host + ">\r\n" +
         "Auto-Submitted: auto-generated\r\n"
         "MIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\n"
         "Content-Language: " + (zh ? "zh-CN" : "en") + "\r\n\r\n" + base64_lines(letter.text);
}

std::string Letters::mbox(std::span<const Letter> letters) const {
  std::string file;
  for (const Letter& letter : letters) {
    if (!letter.address) continue;
    file += "From no-reply@" + sender_.host + " " + mail_date(letter.at, true) + "\n";
    for (const char c : message(letter))
      if (c != '\r') file += c;
    file += "\n";
  }
  return file;
}

std::string Letters::json_lines(std::span<const Letter> letters) {
  std::string lines;
  for (const Letter& letter : letters) lines += json::serialize(to_json(letter)) + "\n";
  return lines;
}

}  // namespace jingwei::digest
