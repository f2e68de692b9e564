// Formulas over other indicators: "[A01] / [A02] * 100". Numbers, + - * / and brackets, references by code in square brackets, and
//   before([A01])      the value one period earlier        min(a, b) max(a, b) abs(a)
//   year_before([A01]) the value of the same period one year earlier
// A parsed formula is a program for a small stack; it reads no files, loops nowhere and is bounded by the limits below.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "steering/measures.h"

namespace jingwei::steering {

constexpr std::size_t kFormulaBytesMax = 1'000;
constexpr std::size_t kFormulaStepsMax = 200;
constexpr std::size_t kFormulaDepthMax = 32;
constexpr std::size_t kCodeBytesMax = 40;

class Formula {
 public:
  /// Throws Rejected{invalid} that names the place ("formula", character from 1) and what was expected there.
  static Formula parse(std::string_view text, const std::string& field = "/formula");

  /// Codes it refers to, each once, in order of appearance.
  const std::vector<std::string>& codes() const { return codes_; }

  enum class Trouble { none, missing, division_by_zero, overflow };
  BOOST_DESCRIBE_NESTED_ENUM(Trouble, none, missing, division_by_zero, overflow)
  struct Answer {
    std::optional<double> value;
    Trouble trouble = Trouble::none;
    std::string code;    ///< missing: whose value
    std::string period;  ///< missing: of which period
  };
  using Lookup = std::function<std::optional<double>(std::string_view code, const Period& period)>;
  Answer evaluate(const Period& period, const Lookup& lookup) const;

 private:
  enum class Act { number, reference, add, subtract, multiply, divide, negate, absolute, smaller, larger };
  struct Step {
    Act act = Act::number;
    double number = 0;
    std::size_t code = 0;    ///< index into codes_
    int periods_before = 0;  ///< reference: so many periods earlier
    bool year_before = false;
  };
  friend class FormulaParser;

  std::vector<Step> steps_;
  std::vector<std::string> codes_;
};

/// Codes that lead from `code` back to itself through the formulas ("A01", "A02", "A01"); empty when there is no circle.
std::vector<std::string> circle_from(std::string_view code, const std::map<std::string, std::vector<std::string>, std::less<>>& references);

}  // namespace jingwei::steering
