// Kinds of supply: what a need calls for, and what a text without a kind speaks of. Simple cues, on purpose: they move
// scores a little and never filter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jingwei::match {

constexpr std::array<std::string_view, 10> kKinds = {"achievement", "expert", "platform", "instrument", "pilot",
                                                     "dataset",     "policy", "fund",     "scenario",   "other"};

/// Place in kKinds; "other" for an unknown kind.
std::size_t kind_place(std::string_view kind);

/// Place in kKinds of what title and text describe; an achievement when nothing says otherwise.
std::size_t kind_from_text(std::string_view title, std::string_view text);

/// Bits over kKinds: which kinds the need asks for in so many words (money, a person, a measurement...); 0: none in particular.
std::uint32_t kinds_called(std::string_view title, std::string_view text);

/// Ways in which money comes, as bits.
enum MoneyForm : std::uint8_t { kEquity = 1, kDebt = 2, kLease = 4, kGrant = 8 };
/// What a fund offers by its words; 0: not said.
std::uint8_t money_forms_offered(std::string_view title, std::string_view text);

/// What a need for money asks for. 不想背贷款 asks for no loan.
struct MoneyAsked {
  std::uint8_t forms = 0;                  ///< 0: not said
  std::optional<std::int64_t> amount_fen;  ///< the largest sum it names
};
MoneyAsked money_asked(std::string_view title, std::string_view text);

}  // namespace jingwei::match
