// Figures with units in running text, brought to one unit per dimension: 0.5mm = 500微米, 92%, ±2℃, 千分之四, 三个月.
// Not here: money (needs and supplies carry it in fields), clock times, model numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "match/internal/terms.h"

namespace jingwei::match {

enum class Bound { exact, at_most, at_least, tolerance };

struct Figure {
  std::string dimension;     ///< length, temperature, share, pressure...
  double value = 0;          ///< in the dimension's base unit
  Bound bound = Bound::exact;
  std::u32string subject;    ///< the few characters before it that say what is measured
  std::u32string written;    ///< as the text has it
  TermKey key() const;       ///< equal for equal figures, however written
};

/// `text` as Analyser::fold gives it (half-width, lower case). With `like`, only figures of the dimensions that it has.
std::vector<Figure> find_figures(std::u32string_view text, std::span<const Figure> like = {});

/// True when both speak of the same quantity (same dimension, same bound's direction or an exact supply, a shared subject
/// word) and the supply's figure is as good as the need asks.
bool figure_met(const Figure& asked, const Figure& offered);

}  // namespace jingwei::match
