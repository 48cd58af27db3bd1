// What is asked: a query becomes units of which each may be met by several words:
// {alternatives: [[word, factor], …], optional, weight, within: {unit, value}?}
"use strict";
Object.assign(globalThis.banshiSearch, (() => {
  const engine = globalThis.banshiSearch;
  const COMMON = new Set([..."的了吗呢吧啊嘛呀是有要能会我你他她它这那哪在和与及或把被给请就都也还又很太不到来去让用几些趟"]);
  /** Words of which such a character is part, as 会 of 会签 is: they say what is asked. */
  const WORDS = new Set(("会议 会审 会商 会签 会勘 会谈 会诊 会同 会计 会员 会场 开会 例会 协会 要求 要件 要素 要点 有效 有权 能力 职能 功能 用途 用人 费用 信用 录用 "
    + "请示 申请 聘请 邀请 提请 到期 到场 到岗 迟到 签到 报到 在岗 在职 在编 在建 来源 来访 来电 来信 给付 供给 和解 退还 归还 还款 就业 就诊 被告 转让 与会 涉及").split(" "));
  const LONG = 12; // pairs of a question
  const VAGUE = new Set(["次", "个", "项", "人", "件", "篇", "起"]);
  const PERIODS = new Set(["月", "季度", "年"]);
  const MONEY = 1000;
  const BETWEEN_PARTS = "[个了过着不得起上到完成好点些一家份张条笔几两]{1,3}";
  const blank = (text, from, to) => text.slice(0, from) + " ".repeat(to - from) + text.slice(to);
  /** A text without a part of it; where that stood within a word, the word comes behind: 请两天假 and 请几天假 speak of 请假. */
  const without = (how, text, from, to) => {
    const word = text[from - 1] + text[to], rest = blank(text, from, to);
    return how.groups.some((group) => group.includes(word)) ? `${blank(rest, from - 1, to + 1)} ${word}` : rest;
  };
  const cover = (taken, each) => taken.some(([from, to]) => each.from < to && each.to > from);

  const clockUnit = (each) => {
    const alternatives = [[each.words[0], 1]];
    if (!each.part && each.hour > 0 && each.hour < 12) {
      alternatives.push([`t${each.hour + 12}:${each.minutes}`, each.hour < 8 ? 1 : 0.5]);
    }
    return { alternatives, weight: 1.5 };
  };
  const figureUnit = (each) => {
    const value = Number(each.value), money = each.unit === "元" || (!each.unit && value >= MONEY);
    const alternatives = each.words.map((word, n) => [word, word[0] === "#" && n ? 0.3 : 1]);
    if (money && !each.unit) alternatives.unshift([`${each.value}元`, 1]);
    const unit = money ? "元" : each.unit;
    return { alternatives, weight: 2, within: unit ? { unit, value } : undefined };
  };
  const MORE = /^(?:元|钱)?(?:以上|多|余)/, LESS = /^(?:元|钱)?(?:以下|以内|之内|内)/;
  const OVER = /(?:超过|多于|大于|高于|(?<!不)超(?!过))\s*$/, UNDER = /(?:不超过|不到|不足|低于|少于|小于|不满)\s*$/;
  const HAIR = 1e-6;
  /** The value that is asked for: 50万以上 and 超过50万 are a little more than 50万, 50万以内 and 不到50万 a little less. */
  const beside = (text, { from, to }, value) => {
    const before = text.slice(0, from), after = text.slice(to);
    if (UNDER.test(before) || LESS.test(after)) return value * (1 - HAIR);
    return OVER.test(before) || MORE.test(after) ? value * (1 + HAIR) : value;
  };
  const articleUnit = (each) => {
    const [whole, ...parts] = each.words;
    // 第十四条第二款 may be what the text calls 第十四条（二）; the article itself comes after its paragraph.
    return { alternatives: parts.length ? [...parts.map((word) => [word, 1]), [whole, 0.25]] : [[whole, 1]], weight: 2 };
  };

  /** 20.11 and nothing else is an article with its paragraph, as lists of provisions number them. */
  const ARTICLE_ALONE = /^(\d{1,3})[.-](\d{1,3})(?:[.-](\d{1,3}))?$/;
  const DAY = /(\d{4}年)\d{1,2}月\d{1,2}[日号]/g;
  /** Units of the figures, times and articles of a text, the text without them, and where a figure counts vaguely (三次). */
  const taken = (how, text) => {
    const units = [], spans = [], soft = [];
    for (const [found, unit] of [[engine.articles, articleUnit], [engine.clocks, clockUnit], [engine.figures, figureUnit]]) {
      for (const each of found(text)) {
        if (cover(spans, each)) continue;
        // 三次 may be how often it happens, 一个季度 how long it is counted: the texts may well say 每季度.
        const written = each.sort === "figure" ? each.written || "" : "";
        const vague = (VAGUE.has(each.unit) && /^[一两二三]$/.test(written)) || (PERIODS.has(each.unit) && written === "一" && text[each.from] !== "第");
        const made = unit(each);
        if (made.within) made.within.value = beside(text, each, made.within.value);
        units.push({ ...made, optional: vague });
        (vague ? soft : spans).push([each.from, each.to]);
      }
    }
    // 加两次分 speaks of 加分, as 请两天假 does of 请假.
    const parted = soft.map(([from, to]) => (text[from - 1] || "") + (text[to] || ""))
      .filter((word) => word.length > 1 && how.groups.some((group) => group.includes(word)));
    return { units, rest: [spans.reduce((left, [from, to]) => without(how, left, from, to), text), ...parted].join(" "), soft };
  };
  const HAN_ALONE = /^[\u3400-\u9fff]$/, HAN_PARTED = /^[\u3400-\u9fff]{2,3}$/;
  /** Where a term stands; one of a single character only where a word begins: 查 in 怎么查, not in 检查. */
  const placeOf = (text, term) => (!HAN_ALONE.test(term) ? text.indexOf(term) : text.search(`(?<![\\u3400-\\u9fff])${term}(?=[\\u3400-\\u9fff])`));
  /** The text with words of the groups put together that a reader has said in two parts: 打不了卡 speaks of 打卡, 开一家公司 of 开公司. */
  const together = (how, text) => how.groups.flat()
    .filter((term) => HAN_PARTED.test(term) && text.includes(term[0]) && text.includes(term.slice(1)) && !text.includes(term))
    .reduce((left, term) => left.replace(new RegExp(`${term[0]}${BETWEEN_PARTS}${term.slice(1)}`), (said) => term.padEnd(said.length)), text);
  /** Takes out of a text the ways of asking; the words that answer them are welcome, not required. */
  const asked = (how, text) => {
    const units = [];
    let rest = text;
    const spoken = how.intents.flatMap((says, n) => says.map((said) => [said, n])).sort((a, b) => b[0].length - a[0].length);
    for (const [said, n] of spoken) {
      if (!rest.includes(said)) continue;
      units.push({ alternatives: [[`?${n}`, 1]], asks: true, optional: true, weight: 1.5 });
      for (let at = rest.indexOf(said); at >= 0; at = rest.indexOf(said)) rest = without(how, rest, at, at + said.length);
    }
    for (const word of how.questions) {
      for (let at = placeOf(rest, word); at >= 0; at = placeOf(rest, word)) rest = blank(rest, at, at + word.length);
    }
    return { units, rest: together(how, rest) };
  };
  const meant = (how, text) => {
    const found = how.groups.flatMap((group, n) => {
      const [term, at] = group.map((each) => [each, placeOf(text, each)]).filter(([, place]) => place >= 0)
        .sort(([a], [b]) => b.length - a.length)[0] || [];
      return term ? [{ word: `~${n}`, from: at, to: at + term.length }] : [];
    });
    return found.filter(({ from, to }) => to > from + 1 || !found.some((other) => other.from <= from && other.to > to));
  };
  /** Whether letters of the text are part of a term, as those of ab岗 are: then they are no pinyin. */
  const named = (how, text) => how.groups.flat().some((term) => /[a-z]/.test(term) && text.includes(term));
  /** Where one character is all that is asked, the groups of words that have it are meant too: 罚 is 处罚 and what is like it. */
  const ofCharacter = (how, text, char) => how.groups.flatMap((group, n) =>
    (group.includes(char) || (text.trim() === char && group.some((term) => term.includes(char))) ? [[`~${n}`, 0.5]] : []));
  /**
   * Units of the groups that a reader means by part of a term that the texts lack (好处 of 好处费), or with the object before
   * the verb (章…盖). Where no word is ``known``, a part of a term says no more than its characters do.
   */
  const hinted = (how, text, pairs, chars, known) => {
    const bare = new Set(chars.map((place) => text[place]));
    const fronted = (term, place) => term[0] === text[place] && text.slice(0, place).includes(term.slice(1)) && (term.length > 2 || bare.has(term[1]));
    return how.groups.flatMap((group, n) => {
      const [said] = pairs.filter(({ words: [word] }) => group.some((term) => term.length > 2 && term.includes(word)));
      const [place] = chars.filter((each) => group.some((term) => HAN_PARTED.test(term) && fronted(term, each)));
      if (!said && place === undefined) return [];
      return [{ alternatives: [[`~${n}`, 0.8]], optional: place === undefined && !known, weight: 1 }];
    });
  };
  const characterUnit = (how, text, char) =>
    ({ alternatives: [[char, 1], ...ofCharacter(how, text, char)], optional: true, alone: true, weight: 0.7 });
  const wordUnits = (how, text, soft = []) => {
    const units = [], groups = meant(how, text), parts = [...engine.simple(text)];
    const pairs = parts.filter((each) => each.sort !== "char");
    for (const each of pairs) {
      const [word] = each.words;
      const alternatives = [[word, 1]];
      for (const group of groups) {
        if (each.from >= group.from && each.to <= group.to) alternatives.push([group.word, 0.9 / Math.max(1, group.to - group.from - 1)]);
      }
      const vague = cover(soft, each), named = groups.some(({ from, to }) => each.from >= from && each.to <= to);
      const common = !named && !WORDS.has(word) && [...word].some((c) => COMMON.has(c));
      // Where one named word ends and the next begins there is no word: 诉窗 of 投诉窗口.
      const border = !named && groups.some(({ from, to }) => cover([[from, to]], each));
      const optional = each.sort === "joined" || common || vague || border;
      const { word: term } = groups.find(({ from, to }) => each.from >= from && each.to <= to) || {};
      units.push({ alternatives, term, words: each.words, at: each.from, to: each.to, sort: each.sort, optional, vague, common, weight: each.sort === "latin" ? 1.5 : 1 });
    }
    for (const { word, from, to } of groups) {
      if (to === from + 1) units.push({ alternatives: [[word, 0.9], [text[from], 0.5]], at: from, sort: "single", weight: 1 });
    }
    for (const each of parts) {
      const alone = each.sort === "char" && !pairs.some((pair) => pair.from <= each.from && pair.to >= each.to && pair.sort !== "latin");
      if (alone) units.push({ ...characterUnit(how, text, each.words[0]), sort: "alone", at: each.from });
    }
    return units;
  };
  const unitsIn = (how, text) => {
    const question = asked(how, text), { units, rest, soft } = taken(how, question.rest);
    const found = wordUnits(how, rest, soft);
    const firm = found.some((each) => !each.optional) || units.some((each) => !each.optional);
    // Where nothing else is left, what could have been left out is what was asked for: words rather than counts, 同一 rather than 能加.
    const told = found.some((each) => each.sort === "pair" && !each.vague);
    const real = found.some((each) => each.sort === "pair" && !each.vague && !each.common);
    const kept = firm ? found : found.map((each) => ({ ...each, optional: (told && each.vague) || (real && each.common) }));
    return { firm: firm || told, units: [...units, ...question.units, ...(kept.length || units.length ? kept : wordUnits(how, text))] };
  };
  /** The characters of a text, each for itself: for a reader whose words stand nowhere. */
  const charactersOf = (how, text) => [...new Set(asked(how, text).rest.match(/[\u3400-\u9fff]/g))].filter((char) => !COMMON.has(char))
    .map((char) => ({ alternatives: [[char, 1]], weight: 0.7 }));
  /** Of a long question the pairs that say little, as 一个 and 请把 do, are not looked up: each costs a file. */
  const bounded = (units) => (units.filter(({ sort }) => sort === "pair").length <= LONG ? units
    : units.filter(({ sort, common, optional }) => !(sort === "pair" && common && optional)));
  /** Beside other words a day says when, and its 10日 are no ten days; alone it is what is sought. */
  const unitsOf = (how, text) => {
    const alone = ARTICLE_ALONE.exec(text);
    if (alone) {
      const places = [alone.slice(1).filter(Boolean).join("."), `${alone[1]}.${alone[2]}`];
      return [{ alternatives: [...places.map((place, n) => [`@${place}`, n ? 0.5 : 1]), [`#${Number(text)}`, 0.5]], weight: 2 }];
    }
    const days = [...text.matchAll(DAY)].map(([, year]) => ({ alternatives: [[year, 1]], optional: true, weight: 1 }));
    const others = days.length ? unitsIn(how, text.replace(DAY, (day) => " ".repeat(day.length))) : { firm: false };
    return bounded(others.firm ? [...others.units, ...days] : unitsIn(how, text).units);
  };

  return { unitsOf, charactersOf, characterUnit, hinted, named, common: (char) => COMMON.has(char) };
})());
