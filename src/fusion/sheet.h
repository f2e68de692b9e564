// The index as sheets of a workbook.
#pragma once

#include "fusion/fusion.h"
#include "office/workbook.h"

namespace jingwei::fusion {

/// One row an indicator of a county and year: the table from which docs/fusion/recompute.mjs computes every figure again.
office::Sheet table_sheet(const Indicators& indicators, const Index& index, const Settings& settings);

/// Of counties, by division code; who has none is called by its code.
using CountyNames = std::map<std::string, std::string, std::less<>>;
/// For people: every county and year with its four levels, C, T, D, grade and rank; the last year as bars and as a radar.
office::Sheet index_sheet(const Index& index, const CountyNames& names, bool english);

/// The pictures of the index, each of one year.
enum class Picture { levels, degrees };
BOOST_DESCRIBE_ENUM(Picture, levels, degrees)
struct PictureChoice {
  Picture picture = Picture::levels;
  std::optional<std::int64_t> year;  ///< latest_year() unless given
  std::string county;                ///< of levels; empty: none
};
/// The counties, by division code, that the radar of a year compares when `county` is chosen: it beside the highest. When none is chosen
/// (empty), the highest and the lowest.
struct Comparison {
  std::int64_t year = 0;
  std::string county;
  std::vector<std::string> counties;
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (year, county, counties))
/// Of every year, with no county chosen and with each of its counties.
std::vector<Comparison> comparisons(const Index& index);

/// The rows behind a picture, drawn beside them.
///   levels   a row a chain, a column a county: the chosen one beside the highest; when none is chosen, the highest and the lowest
///   degrees  a row a county by rank, as in index_sheet(); those without an index stand last
/// A year or county without figures: Rejected{invalid}. No figures at all: a head without rows.
office::Sheet picture_sheet(const Index& index, const PictureChoice& choice, const CountyNames& names, bool english);
/// How the figures were made and what they do not show.
office::Sheet about_sheet(const Settings& settings, bool english);

}  // namespace jingwei::fusion
