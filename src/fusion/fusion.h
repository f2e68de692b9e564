// The fusion index (四链融合度): how far innovation, industry, capital and talent of a county stand, and how evenly.
//
//   const Indicators indicators = Indicators::parse(yaml);          // once
//   const Index index = compute(indicators, observations, settings);
//
// Formulas (reference: coupling coordination degree for n systems, here four):
//   normalise    z = (x - low) / (high - low), reversed where less is better, cut to 0..1. low and high are the least and the most of
//                the panel (all counties, all years), or reference values that stand with the indicator. No spread: z = 0.5.
//   weights      within each system they sum to 1. Entropy: p = z / sum z, e = -(1/ln m) sum p ln p, w = (1 - e) / sum (1 - e), over the
//                m rows of the panel that have a value; or as given.
//   U            sum of w z over the indicators that have a value, their weights made to sum to 1 again; nothing when less than
//                kWeightKnownMin of the weight is known.
//   C, T, D      C = 4 (U1 U2 U3 U4)^(1/4) / (U1 + U2 + U3 + U4), T = sum of alpha U, D = sqrt(C T).
//   grades       right-closed: D in (0.7, 0.8] is 中级协调, exactly 0.8 still is.
// U is never stretched to 0..1 again: that would force zeros into the product. Pure; no clock, no storage; randomness from a seed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"

namespace jingwei::fusion {

enum class System { innovation, industry, capital, talent };
BOOST_DESCRIBE_ENUM(System, innovation, industry, capital, talent)
constexpr std::size_t kSystems = 4;

enum class FigureDirection { up, down };
BOOST_DESCRIBE_ENUM(FigureDirection, up, down)
enum class Normalisation { min_max, reference };
BOOST_DESCRIBE_ENUM(Normalisation, min_max, reference)
enum class Weighting { entropy, given };
BOOST_DESCRIBE_ENUM(Weighting, entropy, given)

constexpr double kWeightKnownMin = 0.5;   ///< share of a system's weight that must have values
constexpr double kRaise = 0.1;            ///< of the range, by which "what to raise first" raises an indicator
constexpr int kRuns = 500;                ///< of the sensitivity analysis
constexpr double kShake = 0.25;           ///< weights are multiplied by 1 - kShake to 1 + kShake
constexpr std::uint64_t kSeed = 20260121;
constexpr std::size_t kObservationsMax = 20'000;

struct Indicator {
  std::string id;
  Bilingual title;
  System system = System::innovation;
  Bilingual unit;
  FigureDirection direction = FigureDirection::up;
  double weight = 0;             ///< given weight within its system
  double low = 0, high = 0;      ///< reference values
  std::string reference_source;
};
BOOST_DESCRIBE_STRUCT(Indicator, (), (id, title, system, unit, direction, weight, low, high, reference_source))

struct Indicators {
  std::vector<Indicator> all;
  std::array<double, kSystems> alpha{};
  /// Throws Rejected{invalid}: every mistake with its place.
  static Indicators parse(std::string_view yaml);
  std::optional<std::size_t> find(std::string_view id) const;
};

struct Observation {
  std::string county;  ///< division code
  int year = 0;
  std::string indicator;
  double value = 0;
  std::string source;
  bool fictional = false;
};

struct Settings {
  Normalisation normalisation = Normalisation::min_max;
  Weighting weighting = Weighting::entropy;
};

/// One indicator of one county and year.
struct Cell {
  std::string indicator;
  std::optional<double> value;
  std::optional<double> z;
  double weight = 0;                ///< within its system, as used here
  std::optional<double> share;      ///< of T: alpha w z / T
  std::optional<double> gain;       ///< of D when z rises by kRaise (or to 1)
  std::string source;
  bool fictional = false;
};
BOOST_DESCRIBE_STRUCT(Cell, (), (indicator, value, z, weight, share, gain, source, fictional))

/// How far one chain stands; absent: too few figures.
struct Level {
  System system = System::innovation;
  std::optional<double> u;
};
BOOST_DESCRIBE_STRUCT(Level, (), (system, u))

struct Place {
  std::string county;
  std::int64_t year = 0;
  std::vector<Level> levels;             ///< by System
  std::optional<double> c, t, d;         ///< absent: a system is not known
  std::optional<Bilingual> grade;        ///< of D
  std::optional<Bilingual> coupling;     ///< of C
  std::optional<std::int64_t> rank;      ///< by D within its year
  std::vector<Cell> cells;
  std::vector<std::string> raise_first;  ///< indicators by gain, at most five
};
BOOST_DESCRIBE_STRUCT(Place, (), (county, year, levels, c, t, d, grade, coupling, rank, cells, raise_first))

/// What shaking weights, alpha and normalisation does to a county's rank in the last year.
struct Steadiness {
  std::string county;
  std::int64_t rank = 0;
  std::int64_t rank_best = 0, rank_worst = 0;
  double changes = 0;                ///< share of runs in which its rank is another
  double d_low = 0, d_high = 0;      ///< least and most D of the runs
};
BOOST_DESCRIBE_STRUCT(Steadiness, (), (county, rank, rank_best, rank_worst, changes, d_low, d_high))

struct Index {
  std::vector<double> weights;       ///< by indicator
  std::vector<double> lows, highs;   ///< by indicator, as used
  std::vector<Place> places;         ///< by year, then county
  std::vector<Steadiness> steadiness;
};

/// Observations of unknown indicators, twice the same, or too many: Rejected{invalid}.
Index compute(const Indicators& indicators, const std::vector<Observation>& observations, const Settings& settings);

/// C, T, D of four systems; absent when one is.
struct Degrees {
  double c = 0, t = 0, d = 0;
};
Degrees degrees(const std::array<double, kSystems>& u, const std::array<double, kSystems>& alpha);
Bilingual grade_of(double d);
Bilingual coupling_of(double c);

/// The last year in which every county of the panel has an index; when there is no such year, the last in which any county has one.
std::optional<std::int64_t> latest_year(const Index& index);
/// What the index does not show, in plain words.
std::vector<Bilingual> cautions();

}  // namespace jingwei::fusion
