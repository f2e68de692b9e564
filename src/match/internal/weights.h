// The numbers of weights.yaml as a value. Every key must be there and no other: a typing error is a message at start, not a
// silent default.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/internal/lexicon.h"

namespace jingwei::match {

struct Weights {
  struct Text {
    double k1, b_title, b_body, title_length, body_length, title, body, unigram, bigram, word, figure, searched_token, common_share, common_from;
  } text;
  struct Need {
    double title, body, floor, own_problem, text_saturation;
  } need;
  struct Both {
    double forward = 0, backward = 0;
  };
  std::array<Both, kRelationTypes> relations;
  struct LexiconWeights {
    double hops, floor, saturation, topic_floor, topic_step;
  } lexicon;
  struct Feedback {
    double documents, terms, weight, rarity, topic_documents, topic_weight;
  } feedback;
  struct Meaning {
    double share, range;
  } meaning;
  std::map<std::string, double> parts;            ///< sum 1
  std::map<std::string, double> parts_text_only;  ///< sum 1
  std::map<std::string, double> parts_search;     ///< sum 1
  std::map<std::string, double> kinds;
  double kind_not_called = 0;
  double kind_called = 0;
  struct Segment {
    double same, chain, step, general, given, neighbours;
  } segment;
  struct Diversity {
    double kind, owner, kind_max, problem, depth;
  } diversity;
  std::vector<std::pair<double, double>> calibration;  ///< raw to shown, both rising from 0 to 1
  std::vector<std::string> stop_words;

  /// `name` is for messages. Throws Rejected{invalid} naming every wrong key.
  static Weights parse(std::string_view yaml, const std::string& name);
  double calibrate(double raw) const;
};

}  // namespace jingwei::match
