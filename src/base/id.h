// Identifiers: a prefix that names the kind, an underscore, and a 26-character ULID ("need_01J8…", github.com/ulid/spec).
// ULIDs begin with the millisecond, so ids of one node sort by the time they were made and keep B-trees compact.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jingwei {

constexpr std::size_t kUlidLength = 26;

/// Crockford base 32 of 48 bits of milliseconds and 80 bits of randomness.
std::string make_ulid(Timestamp time, const std::array<std::uint8_t, 10>& randomness);
bool is_ulid(std::string_view text);
/// True for "<prefix>_<ULID>".
bool is_id(std::string_view text, std::string_view prefix);
/// True for "<some prefix>_<ULID>": lower-case letters, underscore, ULID.
bool is_any_id(std::string_view text);

/// An id that cannot be mistaken for another kind's. `Tag` is any type; the text carries its own prefix.
template <class Tag>
struct Id {
  std::string text;
  auto operator<=>(const Id&) const = default;
};

using OrganizationId = Id<struct OrganizationTag>;
using AccountId = Id<struct AccountTag>;
using EntryId = Id<struct EntryTag>;
using NeedId = Id<struct NeedTag>;
using DealId = Id<struct DealTag>;
using StatementId = Id<struct StatementTag>;

}  // namespace jingwei

template <class Tag>
struct std::hash<jingwei::Id<Tag>> {
  std::size_t operator()(const jingwei::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
