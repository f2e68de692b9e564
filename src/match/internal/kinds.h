// Kinds of supply: what a need calls for, and what a text without a kind speaks of. Simple cues, on purpose: they move
// scores a little and never filter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

}  // namespace jingwei::match
