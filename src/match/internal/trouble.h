// Whether a supply's title names another trouble than the need's. That is what a lookalike does: it shares the need's machine, material
// and trade, and says in its title that it cures something else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "match/internal/lexicon.h"

namespace jingwei::match {

struct PartData;
struct Query;

/// Symptoms, causes and properties of the lexicon by the key that a document keeps beside its text.
class Troubles {
 public:
  explicit Troubles(const Lexicon& lexicon);
  std::optional<std::uint32_t> entry(std::uint32_t opaque) const;

 private:
  std::unordered_map<std::uint32_t, std::uint32_t> entries_;
  std::vector<bool> hint_;  ///< by low bits of the key: false means surely none
};

struct OtherTrouble {
  double share = 0;                    ///< of the troubles in the title, 0 to 1: 0.5 for one that the need does not speak of, 0 when there is none
  std::optional<std::uint32_t> entry;  ///< the one that the need comes least near
};

/// What a need speaks of, by the ways from its terms and by its own topics: those that supplies add would excuse what they say themselves.
class SpokenOf {
 public:
  /// All must outlive it.
  SpokenOf(const Lexicon& lexicon, const Troubles& troubles, const Query& query);
  OtherTrouble other_trouble(const PartData& data, std::uint32_t row) const;

 private:
  float near(std::uint32_t entry) const;

  const Troubles& troubles_;
  std::vector<float> ways_;                     ///< of each concept, 0 to 1
  std::vector<std::span<const float>> topics_;  ///< of the need and of its problems, by concept
};

}  // namespace jingwei::match
