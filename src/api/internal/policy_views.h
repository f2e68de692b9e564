// What the policy routes take and answer beside the described types of policy/policy.h and policy/lists.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/internal/views.h"
#include "policy/lists.h"

namespace jingwei::api {

struct DatedView {
  std::string from;
  std::optional<Bilingual> words;  ///< absent: to be set
  std::optional<json::value> value;
  std::string legal;
  bool confirmed = true;
};
BOOST_DESCRIBE_STRUCT(DatedView, (), (from, words, value, legal, confirmed))

struct ParameterView {
  std::string id;
  Bilingual title;
  policy::FactType type = policy::FactType::text;
  std::optional<Bilingual> unit;
  std::optional<std::int64_t> fen_per_unit;
  std::vector<DatedView> values;
};
BOOST_DESCRIBE_STRUCT(ParameterView, (), (id, title, type, unit, fen_per_unit, values))

struct ClauseView {
  std::string id;
  Bilingual required;
  std::string when;
  Bilingual todo;
  std::string place;
  std::string quote;
  bool fixed = false;
};
BOOST_DESCRIBE_STRUCT(ClauseView, (), (id, required, when, todo, place, quote, fixed))

struct PolicyView {
  std::string id;
  Bilingual title;
  Bilingual issuer;
  std::string document;
  std::string place;
  std::string quote;
  policy::Standing standing = policy::Standing::in_force;
  std::string chain;
  std::vector<std::string> segments;
  std::vector<std::string> regions;
  Bilingual benefit;
  std::optional<std::string> formula;
  std::vector<ParameterView> parameters;
  std::vector<ClauseView> clauses;
  std::vector<Bilingual> documents;
  Bilingual apply;
};
BOOST_DESCRIBE_STRUCT(PolicyView, (), (id, title, issuer, document, place, quote, standing, chain, segments, regions, benefit, formula, parameters, clauses, documents, apply))

struct QuestionView {
  std::string id;
  Bilingual title;
  Bilingual question;
  std::optional<Bilingual> help;
  policy::FactType type = policy::FactType::text;
  std::optional<std::string> code_list;
  std::optional<Bilingual> unit;
  std::optional<std::int64_t> fen_per_unit;
  std::string group;
  bool core = false;
};
BOOST_DESCRIBE_STRUCT(QuestionView, (), (id, title, question, help, type, code_list, unit, fen_per_unit, group, core))

struct PolicyQuestions {
  std::vector<policy::FactGroup> groups;
  std::vector<QuestionView> questions;
  std::vector<CodeListView> code_lists;
};
BOOST_DESCRIBE_STRUCT(PolicyQuestions, (), (groups, questions, code_lists))

struct PolicyAsk {
  std::optional<std::string> organization;  ///< whose entries of the registers are looked at
  json::object facts;                       ///< question id to answer; null: not known
  std::optional<std::vector<std::string>> policies;  ///< only these
};
BOOST_DESCRIBE_STRUCT(PolicyAsk, (), (organization, facts, policies))

struct KnownFactView {
  std::string fact;
  json::value value;
  Bilingual words;
  policy::Origin origin = policy::Origin::unknown;
};
BOOST_DESCRIBE_STRUCT(KnownFactView, (), (fact, value, words, origin))

struct PolicyAnswers {
  std::string day;
  std::optional<Reference> organization;
  std::vector<KnownFactView> known;  ///< from the registers and as said
  std::vector<policy::PolicyAnswer> answers;
  std::vector<policy::LadderAnswer> ladders;
};
BOOST_DESCRIBE_STRUCT(PolicyAnswers, (), (day, organization, known, answers, ladders))

struct WhatIfAsk {
  json::object figures;  ///< parameter id to the value that is tried; null: to be set
};
BOOST_DESCRIBE_STRUCT(WhatIfAsk, (), (figures))

}  // namespace jingwei::api
