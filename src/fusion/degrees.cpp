// Coupling, level and coordination of four systems, and the names of their grades.
#include <cmath>

#include "fusion/fusion.h"

namespace jingwei::fusion {
namespace {

constexpr double kTie = 1e-9;  ///< a sum that rounding has put just above a boundary still belongs below it

struct Grade {
  double to;  ///< inclusive
  Bilingual name;
};

const std::vector<Grade>& grades() {
  static const std::vector<Grade> all = {
      {0.1, {"极度失调", "extremely uncoordinated"}},  {0.2, {"严重失调", "severely uncoordinated"}}, {0.3, {"中度失调", "moderately uncoordinated"}},
      {0.4, {"轻度失调", "slightly uncoordinated"}},   {0.5, {"濒临失调", "nearly uncoordinated"}},   {0.6, {"勉强协调", "barely coordinated"}},
      {0.7, {"初级协调", "primarily coordinated"}},    {0.8, {"中级协调", "moderately coordinated"}}, {0.9, {"良好协调", "well coordinated"}},
      {1.0, {"优质协调", "excellently coordinated"}},
  };
  return all;
}

const std::vector<Grade>& couplings() {
  static const std::vector<Grade> all = {
      {0.3, {"低水平耦合", "low coupling"}}, {0.5, {"拮抗", "antagonism"}}, {0.8, {"磨合", "running-in"}}, {1.0, {"高水平耦合", "high coupling"}}};
  return all;
}

Bilingual named(const std::vector<Grade>& all, double value) {
  for (const auto& grade : all)
    if (value <= grade.to + kTie) return grade.name;
  return all.back().name;
}

}  // namespace

Degrees degrees(const std::array<double, kSystems>& u, const std::array<double, kSystems>& alpha) {
  double product = 1;
  double sum = 0;
  Degrees result;
  for (std::size_t s = 0; s < kSystems; ++s) {
    product *= u[s];
    sum += u[s];
    result.t += alpha[s] * u[s];
  }
  // A system at nothing leaves nothing to be coupled with.
  result.c = sum > 0 ? static_cast<double>(kSystems) * std::pow(product, 1.0 / kSystems) / sum : 0;
  result.d = std::sqrt(result.c * result.t);
  return result;
}

Bilingual grade_of(double d) { return named(grades(), d); }
Bilingual coupling_of(double c) { return named(couplings(), c); }

std::vector<Bilingual> cautions() {
  return {
      {"这是相对的：按最小最大归一时，数值只说明各县之间、各年之间谁高谁低；换一组县、加一年，所有数都会变。",
       "It is relative: with least and most of the panel, a figure only says who is higher among these counties and years; other counties or one more year change every figure."},
      {"四链都低而均匀，耦合度 C 也会高；所以要同时看 T。", "Four chains that are evenly low have a high C; look at T as well."},
      {"按最小最大归一时，一个县某条链的各项都是最低，这条链就是 0，D 也是 0；这只说明它在这些县里垫底，不说明它什么都没有。",
       "With least and most of the panel, a county that is last in every figure of a chain has that chain and D at 0; it says that it is last among these counties, not that it has nothing."},
      {"它不说明因果，也看不出时滞：今年的投入可能三年后才见效。", "It says nothing of causes and nothing of lags: money spent this year may show in three."},
      {"它看不到指标以外的事：企业之间真实的合作、成果用得好不好，都不在里面。", "It does not see what no indicator measures: real cooperation between firms, whether results are used well."},
      {"等级名称是习惯的十分法，边界取右闭（正好 0.8 仍是中级协调），没有统计上的含义。",
       "Names of grades are a customary division into ten with right-closed bounds (exactly 0.8 is still moderately coordinated); they have no statistical meaning."},
      {"权重和归一方法一变，名次会动；动得多不多见“稳不稳”一栏。", "Other weights or another normalisation move the ranks; how much is told under steadiness."},
  };
}

}  // namespace jingwei::fusion
